/// The Web Push subscriptions of people's browsers: created and deleted by the person, and deleted
/// when the browser's push service does not know them any more. Never sends anything.
@NullMarked
package com.secureapprove.chat.notification.subscriptions;

import org.jspecify.annotations.NullMarked;
