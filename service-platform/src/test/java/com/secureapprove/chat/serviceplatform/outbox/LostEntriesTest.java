package com.secureapprove.chat.serviceplatform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.serviceplatform.SampleAggregates;
import com.secureapprove.chat.serviceplatform.SampleStores;
import com.secureapprove.chat.serviceplatform.SampleStream;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The relay restores the events that Redis has lost. Two services append to the stream; the other
/// one appends first after each loss.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class LostEntriesTest {
  @Inject RedisDataSource redis;
  @Inject SampleStream streams;
  @Inject SampleAggregates samples;

  private final UUID sample = UUID.randomUUID();

  @BeforeEach
  void publishTwoEvents() {
    rename("1");
    rename("2");
    awaitTitles("1", "2");
  }

  @Test
  void emptiedRedisGetsTheEventsAgain() {
    streams.command("EVAL", "redis.call('FLUSHDB')", "0");
    streams.appendAsAnotherService();
    awaitTitles("1", "2");
    rename("3");
    awaitTitles("1", "2", "3");
  }

  @Test
  void emptiedRedisDoesNotGetOldEventsThatAllGroupsHaveApplied() throws SQLException {
    awaitAppliedUpTo(lastPosition());
    makeEventsOld();
    streams.command("EVAL", "redis.call('FLUSHDB')", "0");
    rename("3");
    awaitTitles("3");
  }

  @Test
  void emptiedRedisGetsOldEventsThatOneGroupHasNotApplied() throws SQLException {
    streams.command("XGROUP", "CREATE", SampleStream.STREAM, "slow", "$");
    String before = lastPosition();
    rename("3");
    awaitTitles("1", "2", "3");
    awaitAppliedUpTo(before);
    makeEventsOld();
    streams.command("EVAL", "redis.call('FLUSHDB')", "0");
    rename("4");
    awaitTitles("3", "4");
  }

  @Test
  void deletedStreamGetsTheEventsAgain() {
    streams.appendAsAnotherService();
    streams.command("DEL", SampleStream.STREAM);
    streams.appendAsAnotherService();
    awaitTitles("1", "2");
    rename("3");
    awaitTitles("1", "2", "3");
  }

  @Test
  void redisRestoredFromABackupGetsOnlyTheMissingEvents() {
    streams.command("COPY", SampleStream.STREAM, "before:stream", "REPLACE");
    streams.command("COPY", SampleStream.ENDS, "before:ends", "REPLACE");
    rename("3");
    rename("4");
    awaitTitles("1", "2", "3", "4");
    streams.command(
        "EVAL",
        "redis.call('COPY', 'before:stream', KEYS[1], 'REPLACE')"
            + " redis.call('COPY', 'before:ends', KEYS[2], 'REPLACE')",
        "2",
        SampleStream.STREAM,
        SampleStream.ENDS);
    streams.appendAsAnotherService();
    awaitTitles("1", "2", "3", "4");
    rename("5");
    awaitTitles("1", "2", "3", "4", "5");
  }

  @Test
  void lossIsNoticedAlsoIfTheNewRedisHasALowerClock() {
    String future = Long.toString(System.currentTimeMillis() + 3_600_000);
    streams.command("XSETID", SampleStream.STREAM, future + "-0");
    rename("3");
    awaitTitles("1", "2", "3");
    assertThat(streams.entries().getLast().id()).startsWith(future);
    streams.command("DEL", SampleStream.STREAM, SampleStream.ENDS);
    streams.appendAsAnotherService();
    awaitTitles("1", "2", "3");
    assertThat(streams.entries().getLast().id()).isLessThan(future);
    rename("4");
    awaitTitles("1", "2", "3", "4");
  }

  @Test
  void otherCopyOfTheStreamWithHigherIdsIsReconciled() {
    String future = Long.toString(System.currentTimeMillis() + 7_200_000);
    streams.command("XSETID", SampleStream.STREAM, future + "-0");
    rename("3");
    awaitTitles("1", "2", "3");
    streams.command("COPY", SampleStream.STREAM, "further:stream", "REPLACE");
    streams.command("COPY", SampleStream.ENDS, "further:ends", "REPLACE");
    streams.command("DEL", SampleStream.STREAM, SampleStream.ENDS);
    awaitTitles("1", "2", "3");
    rename("4");
    awaitTitles("1", "2", "3", "4");
    streams.command("COPY", "further:stream", SampleStream.STREAM, "REPLACE");
    streams.command("COPY", "further:ends", SampleStream.ENDS, "REPLACE");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(streams.titlesOf(sample)).contains("4"));
    streams.command("DEL", SampleStream.STREAM, SampleStream.ENDS);
    awaitTitles("1", "2", "3", "4");
  }

  /// The test acts as the relay that dies.
  @Test
  void relayThatTakesOverDoesNotAppendAgain() throws Exception {
    String known = redis.hash(String.class).hget(SampleStream.ENDS, SampleStores.PART);
    takeTheLeases("10 seconds");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          rename("3");
          String payload = pendingPayload();
          if (payload == null) {
            return false;
          }
          String fence = Long.toString(fence());
          return !streams
              .append(SampleStores.PART, fence, known(known), payload)
              .get(0)
              .toString()
              .equals("AT");
        });
    List<String> before = streams.titlesOf(sample);
    takeTheLeases("-1 seconds");
    rename("4");
    List<String> all = new ArrayList<>(before);
    all.add("4");
    awaitTitles(all.toArray(String[]::new));
  }

  private static String lastPosition() throws SQLException {
    return SampleStores.one("select max(position) from outbox_event");
  }

  private static void awaitAppliedUpTo(String position) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                SampleStores.one(
                    "select applied_position >= %s from relay_lease where shard = %d"
                        .formatted(position, SampleStream.SHARD)),
            "t"::equals);
  }

  private static void makeEventsOld() throws SQLException {
    SampleStores.execute("update outbox_event set created_at = now() - interval '2 minutes'");
  }

  private String known(String before) {
    String now = redis.hash(String.class).hget(SampleStream.ENDS, SampleStores.PART);
    return now == null ? before : now;
  }

  private static void takeTheLeases(String duration) throws SQLException {
    SampleStores.execute(
        "update relay_lease set holder = gen_random_uuid(), fence = fence + 1,"
            + " expires_at = now() + interval '"
            + duration
            + "'");
  }

  private static long fence() throws SQLException {
    return Long.parseLong(
        SampleStores.one("select fence from relay_lease where shard = " + SampleStream.SHARD));
  }

  /// The newest event, if the relay does not append it within a second.
  private String pendingPayload() throws SQLException {
    String payload =
        SampleStores.one("select payload from outbox_event order by position desc limit 1");
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

  private void rename(String title) {
    samples.rename(sample, title);
  }

  private void awaitTitles(String... expected) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(streams.titlesOf(sample)).containsExactly(expected));
  }
}
