package com.secureapprove.chat.gateway;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Publishes events to the streams as the relay of a service does.
@Singleton
public class TestBus {
  private final RedisDataSource redis;
  private final EventCodec codec;

  TestBus(RedisDataSource redis, EventCodec codec) {
    this.redis = redis;
    this.codec = codec;
  }

  public static String stream(String tenant) {
    return RedisKeys.stream(EventStreams.shardOf(tenant));
  }

  public void publish(String tenant, long version, ChatEvent event) {
    publish(envelope(tenant, version, event));
  }

  /// @return the ID of the stream entry
  public String publish(EventEnvelope event) {
    return redis.stream(String.class)
        .xadd(stream(event.tenant()), Map.of(EventStreams.FIELD, codec.encode(event)));
  }

  public static EventEnvelope envelope(String tenant, long version, ChatEvent event) {
    return new EventEnvelope(UUID.randomUUID(), tenant, "any", version, Instant.now(), event);
  }

  public static ChatEvent message(
      UUID conversation, String content, long membershipVersion, String connection) {
    return messageOf("alice", conversation, content, membershipVersion, connection);
  }

  public static ChatEvent messageOf(
      String sender, UUID conversation, String content, long membershipVersion, String connection) {
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
        connection);
  }

  public static ChatEvent added(UUID conversation, String... people) {
    return new ChatEvent.ParticipantAdded(
        conversation,
        Arrays.stream(people).map(UpstreamStubs::userId).toList(),
        UpstreamStubs.userId("alice"));
  }

  public static ChatEvent removed(UUID conversation, String person) {
    return new ChatEvent.ParticipantRemoved(
        conversation, UpstreamStubs.userId(person), UpstreamStubs.userId("alice"));
  }
}
