/// Translates events into frames with recipients, writes frames to connections, and reports
/// delivered positions to message-service.
///
/// Start with [AddressedFrames]. This package keeps no connections and knows no memberships.
@NullMarked
package com.secureapprove.chat.gateway.delivery;

import org.jspecify.annotations.NullMarked;
