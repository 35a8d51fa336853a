/// The commands of `./chat` that need more than a shell. Start reading at [Chat].
@NullMarked
package com.secureapprove.chat.localstack.command;

import org.jspecify.annotations.NullMarked;
