/// Random interleavings of actions of several people, compared with a simple model: one order,
/// idempotent sends, unread counts and statuses.
@NullMarked
package com.secureapprove.chat.systemtests.model;

import org.jspecify.annotations.NullMarked;
