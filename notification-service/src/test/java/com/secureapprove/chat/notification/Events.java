package com.secureapprove.chat.notification;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.events.TimeOrderedIds;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Appends events to the streams as the outbox of another service does.
@Singleton
public class Events {
  private final EventCodec codec;
  private final RedisDataSource redis;

  Events(EventCodec codec, RedisDataSource redis) {
    this.codec = codec;
    this.redis = redis;
  }

  /// A new event of a message.
  public EventEnvelope message(String tenant, String content) {
    UUID conversation = TimeOrderedIds.next();
    Instant now = Instant.now();
    MessageView message =
        new MessageView(
            TimeOrderedIds.next(),
            conversation,
            1,
            "ann",
            "Ann",
            "ann@example.test",
            content,
            false,
            List.of(),
            now,
            now,
            "key-1",
            MessageStatus.SENT);
    return of(tenant, conversation, new ChatEvent.MessageCreated(message, 1, "session"));
  }

  public EventEnvelope of(String tenant, UUID aggregate, ChatEvent data) {
    return new EventEnvelope(
        TimeOrderedIds.next(), tenant, aggregate.toString(), 1, Instant.now(), data);
  }

  /// Appends an event, and returns it.
  public EventEnvelope append(EventEnvelope event) {
    redis.stream(String.class)
        .xadd(
            RedisKeys.stream(EventStreams.shardOf(event.tenant())),
            Map.of(EventStreams.FIELD, codec.encode(event)));
    return event;
  }
}
