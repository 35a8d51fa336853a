/// Live delivery: routes the events of the streams to the local connections that they concern.
///
/// Start with [Fanout] and follow an event: [Shard], [TenantAudience], [Subscribers]. All state of
/// a tenant belongs to the event loop of its shard, so there are no locks. This package never
/// decides what a person may do, and stores nothing.
@NullMarked
package com.secureapprove.chat.gateway.fanout;

import org.jspecify.annotations.NullMarked;
