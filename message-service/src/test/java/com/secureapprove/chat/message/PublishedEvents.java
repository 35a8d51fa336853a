package com.secureapprove.chat.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/// Reads the stream of the tenant `acme`.
@Singleton
class PublishedEvents {
  private final RedisDataSource redis;
  private final ObjectMapper json;

  PublishedEvents(RedisDataSource redis, ObjectMapper json) {
    this.redis = redis;
    this.json = json;
  }

  /// The events of an aggregate, in the order of the stream.
  List<JsonNode> eventsOf(UUID aggregate) {
    String stream = RedisKeys.stream(EventStreams.shardOf("acme"));
    return redis.stream(String.class).xrange(stream, StreamRange.of("-", "+")).stream()
        .map(entry -> read(entry.payload().get(EventStreams.FIELD)))
        .filter(event -> event.path("aggregate").asText().equals(aggregate.toString()))
        .toList();
  }

  private JsonNode read(String event) {
    try {
      return json.readTree(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
