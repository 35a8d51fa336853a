/// The services behind the gateway, its upstreams: their addresses, calls to them, and a bulkhead,
/// timeout and circuit breaker around each call.
///
/// Calls carry an internal token. This package knows no routes and no frames.
@NullMarked
package com.secureapprove.chat.gateway.upstream;

import org.jspecify.annotations.NullMarked;
