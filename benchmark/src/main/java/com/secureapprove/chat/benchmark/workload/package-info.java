/// The workloads, one class each. A workload drives the load generator, compares with a limit and
/// adds figures to the report.
@NullMarked
package com.secureapprove.chat.benchmark.workload;

import org.jspecify.annotations.NullMarked;
