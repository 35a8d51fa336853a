/// The meters of the gateway: names, labels and units in one place.
///
/// Start with [GatewayMeters]. No other package creates meters.
@NullMarked
package com.secureapprove.chat.gateway.metrics;

import org.jspecify.annotations.NullMarked;
