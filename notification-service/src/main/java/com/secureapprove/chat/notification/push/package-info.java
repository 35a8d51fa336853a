/// Web Push: each new message becomes a delivery for each subscribed browser of its receivers, in
/// two steps with leases. Start reading at [PushIntake], [PushFanOut] and [PushAttempts]. A
/// delivery is sent at least once; a browser shows a repeated one once.
@NullMarked
package com.secureapprove.chat.notification.push;

import org.jspecify.annotations.NullMarked;
