/// The stack that is measured, and what is read from it: CPU time, memory, statements and rows. It
/// never sends load.
@NullMarked
package com.secureapprove.chat.benchmark.stack;

import org.jspecify.annotations.NullMarked;
