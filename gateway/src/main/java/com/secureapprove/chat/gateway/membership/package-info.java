/// Which local people are in which conversations: an index per tenant, kept up to date by events
/// and by lookups at conversation-service.
///
/// Start with [MembershipIndex]. The index only decides who receives an event. It never authorizes
/// an action.
@NullMarked
package com.secureapprove.chat.gateway.membership;

import org.jspecify.annotations.NullMarked;
