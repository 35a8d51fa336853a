/// The benchmarks behind `./chat bench`: a load generator, the limits that it is compared with, and
/// a report. Start reading at [Bench]; [Hostile] attacks a stack while others use it. Nothing here
/// asserts a speed; a figure is a ratio of two things measured in one run.
@NullMarked
package com.secureapprove.chat.benchmark;

import org.jspecify.annotations.NullMarked;
