/// The transactional outbox: events are rows of the transaction that makes them true, and a relay
/// appends them to Redis afterwards, in order and at least once. Start reading at [Outbox] and
/// [OutboxRelay].
@NullMarked
package com.secureapprove.chat.serviceplatform.outbox;

import org.jspecify.annotations.NullMarked;
