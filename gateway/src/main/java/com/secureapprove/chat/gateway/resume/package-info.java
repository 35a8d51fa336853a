/// Catch-up after a reconnect: replays the events that a client missed, or sends a resync.
///
/// Start with [CatchUp]. A replay is complete or it ends in a resync; a client never gets only a
/// part of the missed events without a resync.
@NullMarked
package com.secureapprove.chat.gateway.resume;

import org.jspecify.annotations.NullMarked;
