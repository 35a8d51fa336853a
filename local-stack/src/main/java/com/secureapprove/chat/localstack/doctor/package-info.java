/// The check of an installation from outside: it does what a client does, and names the cause of
/// each failure in plain words. It uses only the public contract, and never the stack of this
/// machine.
@NullMarked
package com.secureapprove.chat.localstack.doctor;

import org.jspecify.annotations.NullMarked;
