/// The commands of `./chat` that need more than a shell: what people type, what they read.
@NullMarked
package com.secureapprove.chat.localstack.command;

import org.jspecify.annotations.NullMarked;
