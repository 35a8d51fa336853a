/// The measured stack and the readings from it: CPU time, memory, statements and rows. It never
/// sends load.
@NullMarked
package com.secureapprove.chat.benchmark.stack;

import org.jspecify.annotations.NullMarked;
