/// Typing and presence signals over Redis Pub/Sub between the gateways and presence-service.
///
/// Start with [SignalChannels]. Signals are not durable: they have no position and are never
/// replayed. Without Redis there are none.
@NullMarked
package com.secureapprove.chat.gateway.signals;

import org.jspecify.annotations.NullMarked;
