/// The whole suite on one machine: which parts there are, what each is told, in which order they
/// start and stop, and what becomes of one that dies. Each part is a program of its own.
@NullMarked
package com.secureapprove.chat.localstack.stack;

import org.jspecify.annotations.NullMarked;
