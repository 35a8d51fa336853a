/// What only this stack knows: random passwords, and the key pair with which each part signs its
/// internal tokens. Made once, kept in files that only their owner reads, never printed.
@NullMarked
package com.secureapprove.chat.localstack.keys;

import org.jspecify.annotations.NullMarked;
