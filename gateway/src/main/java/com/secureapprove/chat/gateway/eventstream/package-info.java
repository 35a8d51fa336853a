/// Reads the event streams of Redis: one tail per shard, positions of entries, the newest entries
/// in memory and older ones page by page.
///
/// Start with [StreamTail]. This package never decides who receives an event and writes nothing to
/// Redis.
@NullMarked
package com.secureapprove.chat.gateway.eventstream;

import org.jspecify.annotations.NullMarked;
