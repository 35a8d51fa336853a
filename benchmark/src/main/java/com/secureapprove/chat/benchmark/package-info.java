/// The commands `./chat bench` and `./chat hostile`. Start reading at [Bench] and then at the
/// workloads; [Hostile] attacks a stack while others use it. Nothing here asserts a speed; a figure
/// is a ratio of two things measured in one run.
@NullMarked
package com.secureapprove.chat.benchmark;

import org.jspecify.annotations.NullMarked;
