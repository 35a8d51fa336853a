/// From an event of the stream to the deliveries of a tenant's endpoints, in one transaction.
@NullMarked
package com.secureapprove.chat.notification.events;

import org.jspecify.annotations.NullMarked;
