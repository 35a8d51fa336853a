/// The WebSocket endpoint: authenticates upgrades, accepts connections and handles the frames of
/// clients.
///
/// Start with [ChatSocket]. This package never delivers events and stores nothing.
@NullMarked
package com.secureapprove.chat.gateway.socket;

import org.jspecify.annotations.NullMarked;
