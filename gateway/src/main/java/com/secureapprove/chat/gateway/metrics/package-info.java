/// The gateway's meters: their names, labels and units, in one place.
@NullMarked
package com.secureapprove.chat.gateway.metrics;

import org.jspecify.annotations.NullMarked;
