package com.secureapprove.chat.serviceplatform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/// The stream of the tenant `acme`: tests read it, damage it, and append to it as another service.
@Singleton
public class SampleStream {
  public static final int SHARD = EventStreams.shardOf("acme");
  public static final String STREAM = RedisKeys.stream(SHARD);

  /// The stream of the changes, which the service of these tests reads.
  public static final String CHANGES = RedisKeys.changes(SHARD);

  public static final String ENDS = RedisKeys.ends(SHARD);

  private final RedisDataSource redis;
  private final RedisFunctions functions;
  private final ObjectMapper json;

  SampleStream(RedisDataSource redis, RedisFunctions functions, ObjectMapper json) {
    this.redis = redis;
    this.functions = functions;
    this.json = json;
  }

  /// Runs a Redis command and returns its answer as text.
  public String command(String name, String... arguments) {
    return String.valueOf(redis.execute(name, arguments));
  }

  public List<StreamMessage<String, String, String>> entries() {
    return redis.stream(String.class).xrange(STREAM, StreamRange.of("-", "+"));
  }

  /// The events of an aggregate, in the order of the stream.
  public List<JsonNode> eventsOf(UUID aggregate) {
    return entries().stream()
        .map(entry -> read(entry.payload().get(EventStreams.FIELD)))
        .filter(event -> event.path("aggregate").asText().equals(aggregate.toString()))
        .toList();
  }

  /// The titles in the events of an aggregate, in the order of the stream.
  public List<String> titlesOf(UUID aggregate) {
    return eventsOf(aggregate).stream().map(event -> event.at("/data/title").asText()).toList();
  }

  private JsonNode read(String event) {
    try {
      return json.readTree(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Appends an event as the relay of another service.
  public void appendAsAnotherService() {
    String payload = "{\"type\":\"theirs\"}";
    String known = redis.hash(String.class).hget(ENDS, "other");
    Response answer = append("other", "1", known == null ? "0-0" : known, payload);
    if (answer.get(0).toString().equals("AT")) {
      answer = append("other", "1", answer.get(1).toString(), payload);
    }
    assertThat(answer.get(0).toString()).isNotEqualTo("AT");
  }

  /// Appends an event as the relay of a service, with its fencing token.
  public Response append(String part, String fence, String known, String payload) {
    return functions.call(
        "chat_append",
        List.of(STREAM, RedisKeys.fence(SHARD, part), ENDS, CHANGES),
        List.of(part, fence, known, "f", payload));
  }

  /// Trims a stream as a relay that has appended nothing to it. Returns the last entry that all
  /// groups have applied.
  public String trim(String stream, long keepMillis, int most) {
    return String.valueOf(
        functions.call(
            "chat_trim",
            List.of(stream, stream + ":ends", stream + ":changes"),
            List.of(Long.toString(keepMillis), Integer.toString(most), SampleStores.PART, "0-0")));
  }
}
