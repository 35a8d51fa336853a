/// Who hears of what: events from the streams, turned into frames for the local sessions of those
/// whom they concern.
///
/// A tenant's events, sessions and memberships are touched on one event loop only, that of the
/// tenant's shard: no locks, one order. The index decides whom to deliver to, never who may do
/// what.
@NullMarked
package com.secureapprove.chat.gateway.fanout;

import org.jspecify.annotations.NullMarked;
