/// The event bus: Redis Streams with the durable events of all services.
///
/// There is a fixed number of streams, and a tenant always maps to the same one. So one position
/// describes everything that a client of the tenant has received. Services read in consumer groups;
/// gateways tail without a group.
@NullMarked
package com.secureapprove.chat.platform.events;

import org.jspecify.annotations.NullMarked;
