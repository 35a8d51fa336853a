/// Look-ups of the owners of memberships, unread messages, presence and the directory: whom a
/// message concerns, and how to reach them. Keeps nothing.
@NullMarked
package com.secureapprove.chat.notification.people;

import org.jspecify.annotations.NullMarked;
