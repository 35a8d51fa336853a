/// Shared by the tests of notification-service: real stores, receivers on loopback, and names that
/// resolve to chosen addresses.
@NullMarked
package com.secureapprove.chat.notification;

import org.jspecify.annotations.NullMarked;
