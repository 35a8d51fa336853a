package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.platform.events.EventCodec;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How events of other parts are applied here: people of the directory, as an example.
@QuarkusTest
@QuarkusTestResource(RealStores.class)
class ConsumingTest {
  private static final String GROUP = "message";

  @Inject RedisDataSource redis;
  @Inject Streams streams;
  @Inject EventCodec codec;
  @Inject RedisFunctions functions;
  @Inject MeterRegistry meters;

  private final String person = UUID.randomUUID().toString();

  @Test
  void whatADeadConsumerLeftIsClaimedAndApplied() {
    streams.command(
        "EVAL",
        """
        local id = redis.call('XADD', KEYS[1], '*', 'e', ARGV[1])
        redis.call('XGROUP', 'SETID', KEYS[1], ARGV[2], id)
        redis.call('XCLAIM', KEYS[1], ARGV[2], 'dead', 0, id, 'IDLE', 60000, 'FORCE')
        """,
        "1",
        Streams.STREAM,
        person(1, "Claimed"),
        GROUP);
    awaitName("Claimed");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(streams.command("XPENDING", Streams.STREAM, GROUP)).startsWith("[0,"));
  }

  @Test
  void consumersThatAreGoneAreForgottenUnlessSomethingWaitsForThem() {
    String stream = "chat:{gone}:" + UUID.randomUUID();
    streams.command("XGROUP", "CREATE", stream, GROUP, "0", "MKSTREAM");
    streams.command("XGROUP", "CREATECONSUMER", stream, GROUP, "idle");
    streams.command("XADD", stream, "*", "e", "something");
    streams.command("XREADGROUP", "GROUP", GROUP, "owing", "STREAMS", stream, ">");
    forget(stream, Duration.ofHours(1));
    assertThat(streams.command("XINFO", "CONSUMERS", stream, GROUP)).contains("idle", "owing");
    forget(stream, Duration.ZERO);
    assertThat(streams.command("XINFO", "CONSUMERS", stream, GROUP))
        .contains("owing")
        .doesNotContain("name, idle,");
    assertThat(streams.command("XPENDING", stream, GROUP)).startsWith("[1,");
    streams.command("DEL", stream);
  }

  private void forget(String stream, Duration idle) {
    functions.call(
        "chat_forget_consumers", List.of(stream), List.of(GROUP, Long.toString(idle.toMillis())));
  }

  @Test
  void whatCannotBeAppliedIsSetAsideAndHoldsNothingUp() {
    double before = meters.counter("chat_events_dead_lettered").count();
    String poison = person(1, null);
    publish(poison);
    publish(person(2, "After"));
    awaitName("After");
    assertThat(
            redis.stream(String.class)
                .xrange(EventStreams.deadLetters(Streams.SHARD, GROUP), StreamRange.of("-", "+")))
        .extracting(entry -> entry.payload().get(EventStreams.FIELD))
        .contains(poison);
    assertThat(meters.counter("chat_events_dead_lettered").count()).isEqualTo(before + 1);
    assertThat(meters.get("chat_events_lag_seconds").gauge().value()).isLessThan(60);
  }

  @Test
  void whatAnOutageHoldsUpIsAppliedWhenItIsOver() throws SQLException {
    UUID conversation = UUID.randomUUID();
    double before = meters.counter("chat_events_dead_lettered").count();
    try (Connection database = BackingServices.shared().superuser(RealStores.DATABASE);
        Statement statement = database.createStatement()) {
      statement.execute("alter role chat_message connection limit 0");
      try {
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'chat_message'");
        publish(person(1, "Late"));
        publish(deleted(conversation));
        // long enough for more attempts than an event has that is itself the trouble
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> meters.get("chat_events_lag_seconds").gauge().value() > 8);
      } finally {
        statement.execute("alter role chat_message connection limit -1");
      }
    }
    awaitName("Late");
    await().atMost(Duration.ofSeconds(40)).until(() -> knows(conversation));
    assertThat(meters.counter("chat_events_dead_lettered").count()).isEqualTo(before);
  }

  @Test
  void whatWasReadTogetherGoesOnWhenRedisTakesAcknowledgementsAgain() {
    List<String> people =
        IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID().toString()).toList();
    streams.command("ACL", "SETUSER", "default", "-xack");
    try {
      redis.withTransaction(transaction ->
          people.forEach(id ->
              transaction.stream(String.class)
                  .xadd(Streams.STREAM, Map.of(EventStreams.FIELD, person(id, 1, "Together")))));
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
  void aRedisThatComesBackEmptyIsReadFromItsBeginning() {
    publish(person(1, "Before"));
    awaitName("Before");
    // this removes the functions too, and another consumer may create the group first
    streams.command("FUNCTION", "FLUSH");
    streams.command(
        "EVAL",
        "redis.call('FLUSHDB') redis.call('XADD', KEYS[1], '*', 'e', ARGV[1])",
        "1",
        Streams.STREAM,
        person(2, "After"));
    awaitName("After");
    publish(person(3, "Later"));
    awaitName("Later");
  }

  @Test
  void aRepeatedEventChangesNothingAndNeitherDoesAnOlderOne() throws SQLException {
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
    redis.stream(String.class).xadd(Streams.STREAM, Map.of(EventStreams.FIELD, encoded));
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

  private String deleted(UUID conversation) {
    return codec.encode(
        new EventEnvelope(
            UUID.randomUUID(),
            "acme",
            conversation.toString(),
            1,
            Instant.now(),
            new ChatEvent.ConversationDeleted(conversation)));
  }

  private void awaitName(String expected) {
    await().atMost(Duration.ofSeconds(40)).until(() -> expected.equals(name(person)));
  }

  private static boolean knows(UUID conversation) throws SQLException {
    try (Connection database = BackingServices.shared().superuser(RealStores.DATABASE);
        PreparedStatement select =
            database.prepareStatement("select 1 from message.conversation where id = ?")) {
      select.setObject(1, conversation);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static String name(String id) throws SQLException {
    try (Connection database = BackingServices.shared().superuser(RealStores.DATABASE);
        PreparedStatement select =
            database.prepareStatement("select name from message.person where id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }
}
