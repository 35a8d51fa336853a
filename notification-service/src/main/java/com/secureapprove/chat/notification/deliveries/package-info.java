/// Deliveries to webhook endpoints: stored once for each endpoint and event, sent by workers with a
/// lease, repeated with growing delays, and kept as dead letters in the end.
@NullMarked
package com.secureapprove.chat.notification.deliveries;

import org.jspecify.annotations.NullMarked;
