/// Presence: which people are online, and their last activity.
///
/// Redis holds the current data; PostgreSQL receives batches, to survive a loss of the Redis data.
/// The gateway reports activity with the Redis function `presence_touch`. This package never
/// receives activity itself.
@NullMarked
package com.secureapprove.chat.presence.online;

import org.jspecify.annotations.NullMarked;
