/// Who of a tenant is online, and when inDirectory was last seen.
///
/// Redis knows it by the second; PostgreSQL is told in batches, for the day on which Redis forgets.
/// PresenceStore itself is reported by the gateway, by the function `presence_touch`.
@NullMarked
package com.secureapprove.chat.presence.online;

import org.jspecify.annotations.NullMarked;
