package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What Redis may lose, with two parts that append to one stream, the other one always first.
@QuarkusTest
@QuarkusTestResource(RealStores.class)
class LostEventsTest {
  @Inject RedisDataSource redis;
  @Inject Streams streams;

  private final Person alice = Person.of("acme");
  private final Person bob = Person.of("acme");
  private UUID conversation;

  @BeforeEach
  void talk() {
    conversation = Person.conversationOf(alice, bob);
    say("1");
    say("2");
    awaitContents("1", "2");
  }

  @Test
  void anEmptiedRedisGetsTheEventsAgain() {
    streams.command("EVAL", "redis.call('FLUSHDB')", "0");
    streams.appendedByAnotherPart();
    awaitContents("1", "2");
    say("3");
    awaitContents("1", "2", "3");
  }

  @Test
  void anEmptiedRedisDoesNotGetWhatEverybodyAppliedLongAgo() throws SQLException {
    awaitAppliedUpTo(lastPosition());
    publishedLongAgo();
    streams.command("EVAL", "redis.call('FLUSHDB')", "0");
    say("3");
    awaitContents("3");
  }

  @Test
  void anEmptiedRedisGetsWhatSomebodyHasNotAppliedHoweverOldItIs() throws SQLException {
    streams.command("XGROUP", "CREATE", Streams.STREAM, "slow", "$");
    String before = lastPosition();
    say("3");
    awaitContents("1", "2", "3");
    awaitAppliedUpTo(before);
    publishedLongAgo();
    streams.command("EVAL", "redis.call('FLUSHDB')", "0");
    say("4");
    awaitContents("3", "4");
  }

  @Test
  void aDeletedStreamGetsTheEventsAgain() {
    streams.appendedByAnotherPart();
    streams.command("DEL", Streams.STREAM);
    streams.appendedByAnotherPart();
    awaitContents("1", "2");
    say("3");
    awaitContents("1", "2", "3");
  }

  @Test
  void aRedisThatIsAsItWasBeforeGetsWhatItDoesNotHaveAndNothingTwice() {
    streams.command("COPY", Streams.STREAM, "before:stream", "REPLACE");
    streams.command("COPY", Streams.ENDS, "before:ends", "REPLACE");
    say("3");
    say("4");
    awaitContents("1", "2", "3", "4");
    streams.command(
        "EVAL",
        "redis.call('COPY', 'before:stream', KEYS[1], 'REPLACE')"
            + " redis.call('COPY', 'before:ends', KEYS[2], 'REPLACE')",
        "2",
        Streams.STREAM,
        Streams.ENDS);
    streams.appendedByAnotherPart();
    awaitContents("1", "2", "3", "4");
    say("5");
    awaitContents("1", "2", "3", "4", "5");
  }

  @Test
  void aSlowerClockAfterTheLossDoesNotHideIt() {
    String future = Long.toString(System.currentTimeMillis() + 3_600_000);
    streams.command("XSETID", Streams.STREAM, future + "-0");
    say("3");
    awaitContents("1", "2", "3");
    assertThat(streams.entries().getLast().id()).startsWith(future);
    streams.command("DEL", Streams.STREAM, Streams.ENDS);
    streams.appendedByAnotherPart();
    awaitContents("1", "2", "3");
    assertThat(streams.entries().getLast().id()).isLessThan(future);
    say("4");
    awaitContents("1", "2", "3", "4");
  }

  @Test
  void anotherCopyThatHadGoneFurtherIsNotTakenForOurs() {
    String future = Long.toString(System.currentTimeMillis() + 7_200_000);
    streams.command("XSETID", Streams.STREAM, future + "-0");
    say("3");
    awaitContents("1", "2", "3");
    streams.command("COPY", Streams.STREAM, "further:stream", "REPLACE");
    streams.command("COPY", Streams.ENDS, "further:ends", "REPLACE");
    streams.command("DEL", Streams.STREAM, Streams.ENDS);
    awaitContents("1", "2", "3");
    say("4");
    awaitContents("1", "2", "3", "4");
    streams.command("COPY", "further:stream", Streams.STREAM, "REPLACE");
    streams.command("COPY", "further:ends", Streams.ENDS, "REPLACE");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(contents()).contains("4"));
    streams.command("DEL", Streams.STREAM, Streams.ENDS);
    awaitContents("1", "2", "3", "4");
  }

  /// The test is the relay that dies.
  @Test
  void whatARelayAppendedBeforeItDiedIsNotAppendedAgain() throws Exception {
    String known = redis.hash(String.class).hget(Streams.ENDS, "message");
    takeTheLeases("10 seconds");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          say("3");
          String payload = pendingPayload();
          if (payload == null) {
            return false;
          }
          String fence = Long.toString(fence());
          return !streams
              .append("message", fence, known(known), payload)
              .get(0)
              .toString()
              .equals("AT");
        });
    List<String> said = contents();
    takeTheLeases("-1 seconds");
    say("4");
    List<String> all = new ArrayList<>(said);
    all.add("4");
    awaitContents(all.toArray(String[]::new));
  }

  private static String lastPosition() throws SQLException {
    return one("select max(position) from message.outbox_event");
  }

  private static void awaitAppliedUpTo(String position) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                one(
                    "select applied_position >= %s from message.relay_lease where shard = %d"
                        .formatted(position, Streams.SHARD)),
            "t"::equals);
  }

  private static void publishedLongAgo() throws SQLException {
    try (Connection database = BackingServices.shared().superuser(RealStores.DATABASE);
        Statement statement = database.createStatement()) {
      statement.execute(
          "update message.outbox_event set created_at = now() - interval '2 minutes'");
    }
  }

  private String known(String before) {
    String now = redis.hash(String.class).hget(Streams.ENDS, "message");
    return now == null ? before : now;
  }

  private static void takeTheLeases(String forThatLong) throws SQLException {
    try (Connection database = BackingServices.shared().superuser(RealStores.DATABASE);
        Statement statement = database.createStatement()) {
      statement.execute(
          "update message.relay_lease set holder = gen_random_uuid(), fence = fence + 1,"
              + " expires_at = now() + interval '"
              + forThatLong
              + "'");
    }
  }

  private static long fence() throws SQLException {
    return Long.parseLong(
        one("select fence from message.relay_lease where shard = " + Streams.SHARD));
  }

  /// The newest event, if the relay does not append it within a second.
  private String pendingPayload() throws SQLException {
    String payload = one("select payload from message.outbox_event order by position desc limit 1");
    try {
      await()
          .atMost(Duration.ofSeconds(1))
          .until(() ->
              streams.entries().stream()
                  .anyMatch(entry -> payload.equals(entry.payload().get(EventStreams.FIELD))));
      return null;
    } catch (ConditionTimeoutException _) {
      return payload;
    }
  }

  private static String one(String query) throws SQLException {
    try (Connection database = BackingServices.shared().superuser(RealStores.DATABASE);
        Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private void say(String content) {
    alice.send(conversation, content).then().statusCode(201);
  }

  private List<String> contents() {
    return streams.eventsOf(conversation).stream()
        .map((JsonNode event) -> event.at("/data/message/content").asText())
        .toList();
  }

  private void awaitContents(String... expected) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(contents()).containsExactly(expected));
  }
}
