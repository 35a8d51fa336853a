/// The integration API: host applications publish notifications to users through the same outbox as
/// messages.
@NullMarked
package com.secureapprove.chat.message.notifications;

import org.jspecify.annotations.NullMarked;
