/// The transactional outbox: events are rows written in the transaction of their change. A relay
/// appends them to Redis after the commit, in order and at least once. Start reading at [Outbox]
/// and [OutboxRelay].
@NullMarked
package com.secureapprove.chat.serviceplatform.outbox;

import org.jspecify.annotations.NullMarked;
