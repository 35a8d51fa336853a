/// The frames of the WebSocket protocol: [ClientFrame] from clients, parsed strictly, and
/// [ServerFrame] to clients, encoded once for all recipients.
///
/// Start with the two sealed interfaces. This package never acts on a frame and never sends one.
@NullMarked
package com.secureapprove.chat.gateway.frames;

import org.jspecify.annotations.NullMarked;
