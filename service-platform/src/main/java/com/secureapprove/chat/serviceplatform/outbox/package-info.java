/// The transactional outbox: events are rows of the transaction that made them true, and a relay
/// appends them to Redis afterwards, in order and at least once.
@NullMarked
package com.secureapprove.chat.serviceplatform.outbox;

import org.jspecify.annotations.NullMarked;
