/// The load generator that all workloads share: people with WebSocket connections, and HTTP
/// requests. Latency counts from the intended send time.
@NullMarked
package com.secureapprove.chat.benchmark.load;

import org.jspecify.annotations.NullMarked;
