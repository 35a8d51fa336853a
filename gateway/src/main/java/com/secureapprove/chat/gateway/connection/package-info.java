/// One WebSocket connection per client: its state from the upgrade to the close, its write queue
/// with back-pressure, its heartbeat, and the drain before shutdown.
///
/// Start with [Connection]. This package never interprets frames and never chooses recipients.
@NullMarked
package com.secureapprove.chat.gateway.connection;

import org.jspecify.annotations.NullMarked;
