/// The secrets of this stack: random passwords, and the key pairs for internal tokens. They are
/// created once, stored in files that only their owner can read, and never printed.
@NullMarked
package com.secureapprove.chat.localstack.keys;

import org.jspecify.annotations.NullMarked;
