/// What a run prints and writes: figures with their bars, the machine, JSON, the chart page, and
/// the comparison with an earlier run. It measures nothing.
@NullMarked
package com.secureapprove.chat.benchmark.report;

import org.jspecify.annotations.NullMarked;
