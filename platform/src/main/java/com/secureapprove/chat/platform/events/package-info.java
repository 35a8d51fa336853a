/// The event bus: Redis Streams with the durable events of all parts.
///
/// There is a fixed number of streams and a tenant always maps to the same one, so that one
/// position tells what a client of that tenant has seen. Services read in consumer groups; gateways
/// tail without a group.
@NullMarked
package com.secureapprove.chat.platform.events;

import org.jspecify.annotations.NullMarked;
