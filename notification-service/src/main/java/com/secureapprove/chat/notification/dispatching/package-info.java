/// When deliveries of all kinds are sent: the thread that looks for due ones, the number of
/// attempts at the same time, and the delays between them. Knows no kind of delivery.
@NullMarked
package com.secureapprove.chat.notification.dispatching;

import org.jspecify.annotations.NullMarked;
