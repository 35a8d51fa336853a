package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.gateway.UpstreamStubs;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Publishes events as services do.
@Singleton
class TestBus {
  private final RedisDataSource redis;
  private final EventCodec codec;

  TestBus(RedisDataSource redis, EventCodec codec) {
    this.redis = redis;
    this.codec = codec;
  }

  static String stream(String tenant) {
    return EventStreams.stream(EventStreams.shardOf(tenant));
  }

  void publish(String tenant, long version, ChatEvent event) {
    publish(envelope(tenant, version, event));
  }

  /// Answers the id of the stream's entry.
  String publish(EventEnvelope event) {
    return redis.stream(String.class)
        .xadd(stream(event.tenant()), Map.of(EventStreams.FIELD, codec.encode(event)));
  }

  static EventEnvelope envelope(String tenant, long version, ChatEvent event) {
    return new EventEnvelope(UUID.randomUUID(), tenant, "any", version, Instant.now(), event);
  }

  static ChatEvent message(
      UUID conversation, String content, long membershipVersion, String session) {
    return messageOf("alice", conversation, content, membershipVersion, session);
  }

  static ChatEvent messageOf(
      String sender, UUID conversation, String content, long membershipVersion, String session) {
    Instant now = Instant.now();
    return new ChatEvent.MessageCreated(
        new MessageView(
            UUID.randomUUID(),
            conversation,
            1,
            UpstreamStubs.userId(sender),
            sender,
            sender + "@acme.test",
            content,
            false,
            List.of(),
            now,
            now,
            null,
            MessageStatus.SENT),
        membershipVersion,
        session);
  }

  static ChatEvent added(UUID conversation, String... people) {
    return new ChatEvent.ParticipantAdded(
        conversation,
        java.util.Arrays.stream(people).map(UpstreamStubs::userId).toList(),
        UpstreamStubs.userId("alice"));
  }

  static ChatEvent removed(UUID conversation, String person) {
    return new ChatEvent.ParticipantRemoved(
        conversation, UpstreamStubs.userId(person), UpstreamStubs.userId("alice"));
  }
}
