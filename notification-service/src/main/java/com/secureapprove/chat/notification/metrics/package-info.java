/// All meters of notification-service. Labels have few values: never a tenant or a URL.
@NullMarked
package com.secureapprove.chat.notification.metrics;

import org.jspecify.annotations.NullMarked;
