package com.secureapprove.chat.serviceplatform.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.platform.redis.RedisKeys;
import com.secureapprove.chat.serviceplatform.SampleStores;
import com.secureapprove.chat.serviceplatform.SampleStream;
import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Applies events of other services. The sample handler applies people of the directory.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class EventConsumerTest {
  private static final String GROUP = SampleStores.PART;

  @Inject RedisDataSource redis;
  @Inject SampleStream streams;
  @Inject EventCodec codec;
  @Inject RedisFunctions functions;
  @Inject MeterRegistry meters;

  private final String person = UUID.randomUUID().toString();

  @Test
  void entryOfADeadConsumerIsClaimedAndApplied() {
    streams.command(
        "EVAL",
        """
        local id = redis.call('XADD', KEYS[1], '*', 'e', ARGV[1])
        redis.call('XGROUP', 'SETID', KEYS[1], ARGV[2], id)
        redis.call('XCLAIM', KEYS[1], ARGV[2], 'dead', 0, id, 'IDLE', 60000, 'FORCE')
        """,
        "1",
        SampleStream.CHANGES,
        person(1, "Claimed"),
        GROUP);
    awaitName("Claimed");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(streams.command("XPENDING", SampleStream.CHANGES, GROUP)).startsWith("[0,"));
  }

  @Test
  void groupOfAFormerReleaseOnTheWholeStreamIsRemoved() {
    streams.command("XADD", SampleStream.STREAM, "*", "e", "{}");
    streams.command("XGROUP", "CREATE", SampleStream.STREAM, GROUP, "0");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !streams.command("XINFO", "GROUPS", SampleStream.STREAM).contains(GROUP));
  }

  @Test
  void idleConsumersWithoutPendingEntriesAreRemoved() {
    String stream = "chat:{gone}:" + UUID.randomUUID();
    streams.command("XGROUP", "CREATE", stream, GROUP, "0", "MKSTREAM");
    streams.command("XGROUP", "CREATECONSUMER", stream, GROUP, "idle");
    streams.command("XADD", stream, "*", "e", "something");
    streams.command("XREADGROUP", "GROUP", GROUP, "pending", "STREAMS", stream, ">");
    forget(stream, Duration.ofHours(1));
    assertThat(streams.command("XINFO", "CONSUMERS", stream, GROUP)).contains("idle", "pending");
    forget(stream, Duration.ZERO);
    assertThat(streams.command("XINFO", "CONSUMERS", stream, GROUP))
        .contains("pending")
        .doesNotContain("name, idle,");
    assertThat(streams.command("XPENDING", stream, GROUP)).startsWith("[1,");
    streams.command("DEL", stream);
  }

  private void forget(String stream, Duration idle) {
    functions.call(
        "chat_forget_consumers", List.of(stream), List.of(GROUP, Long.toString(idle.toMillis())));
  }

  @Test
  void eventThatCannotBeAppliedGoesToTheDeadLetters() {
    double before = meters.counter("chat_events_dead_lettered").count();
    String trace = "0af7651916cd43dd8448eb211c80319c";
    String poison = person(1, null).replace("\"data\":", "\"trace\":\"" + trace + "\",\"data\":");
    try (CapturedLog log = new CapturedLog()) {
      publish(poison);
      publish(person(2, "After"));
      awaitName("After");
      assertThat(log.warnings("event_dead_lettered"))
          .as("leads to the request that caused it")
          .anyMatch(line -> line.endsWith("trace_id=" + trace));
    }
    assertThat(
            redis.stream(String.class)
                .xrange(RedisKeys.deadLetters(SampleStream.SHARD, GROUP), StreamRange.of("-", "+")))
        .extracting(entry -> entry.payload().get(EventStreams.FIELD))
        .contains(poison);
    assertThat(meters.counter("chat_events_dead_lettered").count()).isEqualTo(before + 1);
    assertThat(meters.get("chat_events_lag_seconds").gauge().value()).isLessThan(60);
  }

  @Test
  void eventsDuringAnOutageAreAppliedAfterIt() throws SQLException {
    String other = UUID.randomUUID().toString();
    double before = meters.counter("chat_events_dead_lettered").count();
    CapturedLog log = new CapturedLog();
    try {
      SampleStores.execute(
          "alter role chat_message connection limit 0",
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'chat_message'");
      publish(person(1, "Late"));
      publish(person(other, 1, "Later"));
      // longer than the attempts for an event that fails without an outage
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> meters.get("chat_events_lag_seconds").gauge().value() > 8);
    } finally {
      SampleStores.execute("alter role chat_message connection limit -1");
    }
    awaitName("Late");
    await().atMost(Duration.ofSeconds(40)).until(() -> "Later".equals(name(other)));
    assertThat(meters.counter("chat_events_dead_lettered").count()).isEqualTo(before);
    try (log) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !log.warnings("dependency_available dependency=database").isEmpty());
    }
  }

  @Test
  void pageContinuesWhenRedisAcceptsAcknowledgementsAgain() {
    List<String> people =
        IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID().toString()).toList();
    streams.command("ACL", "SETUSER", "default", "-xack");
    try {
      redis.withTransaction(transaction ->
          people.forEach(id ->
              transaction.stream(String.class)
                  .xadd(
                      SampleStream.CHANGES,
                      Map.of(EventStreams.FIELD, person(id, 1, "Together")))));
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> "Together".equals(name(people.getFirst())));
    } finally {
      streams.command("ACL", "SETUSER", "default", "+xack");
    }
    await()
        .atMost(
            Duration.ofSeconds(20)) // less than the time after which abandoned entries are claimed
        .until(() -> "Together".equals(name(people.getLast())));
  }

  @Test
  void emptiedRedisIsReadFromItsBeginning() {
    publish(person(1, "Before"));
    awaitName("Before");
    // this removes the functions too, and another consumer may create the group first
    streams.command("FUNCTION", "FLUSH");
    streams.command(
        "EVAL",
        "redis.call('FLUSHDB') redis.call('XADD', KEYS[1], '*', 'e', ARGV[1])",
        "1",
        SampleStream.CHANGES,
        person(2, "After"));
    awaitName("After");
    publish(person(3, "Later"));
    awaitName("Later");
  }

  @Test
  void repeatedAndOlderEventsChangeNothing() throws SQLException {
    String second = person(2, "Second");
    publish(second);
    publish(person(1, "First"));
    publish(second);
    String other = UUID.randomUUID().toString();
    publish(person(other, 1, "Marker"));
    await().atMost(Duration.ofSeconds(20)).until(() -> "Marker".equals(name(other)));
    assertThat(name(person)).isEqualTo("Second");
  }

  private void publish(String encoded) {
    redis.stream(String.class).xadd(SampleStream.CHANGES, Map.of(EventStreams.FIELD, encoded));
  }

  private String person(long version, String name) {
    return person(person, version, name);
  }

  private String person(String id, long version, String name) {
    return codec.encode(
        new EventEnvelope(
            UUID.randomUUID(),
            "acme",
            id,
            version,
            Instant.now(),
            new ChatEvent.UserUpserted(id, name, "x@acme.test", true)));
  }

  private void awaitName(String expected) {
    await().atMost(Duration.ofSeconds(40)).until(() -> expected.equals(name(person)));
  }

  private static String name(String id) throws SQLException {
    return SampleStores.one("select name from person where id = '" + id + "'");
  }
}
