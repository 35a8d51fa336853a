/// Catch-up after a reconnect: replays the events that a client missed, or tells it to reload.
///
/// Start with [CatchUp]. A replay is complete or it ends in a resync; a client never gets a part of
/// the missed events without being told.
@NullMarked
package com.secureapprove.chat.gateway.resume;

import org.jspecify.annotations.NullMarked;
