/// Decides which local clients receive a presence change, depending on the size of the tenant.
///
/// Start with [PresenceBroadcast]. This package never decides whether a person is online:
/// presence-service does.
@NullMarked
package com.secureapprove.chat.gateway.presence;

import org.jspecify.annotations.NullMarked;
