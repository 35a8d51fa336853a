/// Reports the activity of people to Redis, where presence-service reads it.
///
/// Start with [ActivityTracker]. This package never decides whether a person is online.
@NullMarked
package com.secureapprove.chat.gateway.activity;

import org.jspecify.annotations.NullMarked;
