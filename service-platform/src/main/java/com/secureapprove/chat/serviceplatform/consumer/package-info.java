/// Reads the event streams in the service's consumer group, and hands each event to the service's
/// handler. Start reading at [EventConsumer]; [ConsumerGroup] holds its commands to Redis. Never
/// decides what an event means.
@NullMarked
package com.secureapprove.chat.serviceplatform.consumer;

import org.jspecify.annotations.NullMarked;
