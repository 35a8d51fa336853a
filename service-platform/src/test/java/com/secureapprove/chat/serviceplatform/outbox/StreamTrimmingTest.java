package com.secureapprove.chat.serviceplatform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.serviceplatform.SampleStores;
import com.secureapprove.chat.serviceplatform.SampleStream;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Trimming keeps the resume window and the events that a group still needs.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class StreamTrimmingTest {
  private static final int HOUR = 3_600_000;

  @Inject RedisDataSource redis;
  @Inject SampleStream streams;

  private final String stream = "chat:{" + UUID.randomUUID() + "}:events";
  private final long now = System.currentTimeMillis();

  @BeforeEach
  void fill() {
    for (int hours = 5; hours >= 0; hours--) {
      streams.command("XADD", stream, id(hours), "e", "x");
    }
  }

  @Test
  void oldEntriesAreRemovedExceptTheNewestOfThem() {
    streams.trim(stream, 2 * HOUR + HOUR / 2, 1_000);
    assertThat(ids()).containsExactly(id(3), id(2), id(1), id(0));
  }

  @Test
  void streamWithOldEntriesOnlyKeepsItsNewestEntry() {
    streams.trim(stream, -HOUR, 1_000);
    assertThat(ids()).containsExactly(id(0));
    streams.trim(stream, -HOUR, 1_000);
    assertThat(ids()).containsExactly(id(0));
  }

  @Test
  void entriesThatAGroupHasNotAppliedStay() {
    streams.command("XGROUP", "CREATE", stream, "fast", "0");
    streams.command("XGROUP", "CREATE", stream, "slow", "0");
    streams.command("XREADGROUP", "GROUP", "fast", "a", "STREAMS", stream, ">");
    ids().forEach(id -> streams.command("XACK", stream, "fast", id));
    streams.command("XREADGROUP", "GROUP", "slow", "a", "COUNT", "4", "STREAMS", stream, ">");
    streams.command("XACK", stream, "slow", id(5), id(4), id(2));
    streams.trim(stream, HOUR / 2, 1_000);
    assertThat(ids()).containsExactly(id(3), id(2), id(1), id(0));
    streams.command("XACK", stream, "slow", id(3));
    assertThat(streams.trim(stream, HOUR / 2, 1_000)).isEqualTo(id(2));
    assertThat(ids()).containsExactly(id(2), id(1), id(0));
  }

  @Test
  void changesThatAGroupHasNotAppliedHoldTheEntriesOfBothStreams() {
    String changes = stream + ":changes";
    streams.command("XADD", changes, id(4), "e", "x");
    streams.command("XADD", changes, id(2), "e", "x");
    streams.command("XGROUP", "CREATE", changes, "slow", "0");
    streams.command("XREADGROUP", "GROUP", "slow", "a", "STREAMS", changes, ">");
    streams.command("XACK", changes, "slow", id(4));
    assertThat(streams.trim(stream, HOUR / 2, 1_000)).isLessThan(id(2));
    assertThat(ids()).containsExactly(id(2), id(1), id(0));
    streams.command("XACK", changes, "slow", id(2));
    assertThat(streams.trim(stream, HOUR / 2, 1_000)).isEqualTo(id(0));
    assertThat(ids()).containsExactly(id(1), id(0));
    assertThat(streams.command("XLEN", changes)).isEqualTo("0");
  }

  /// Redis would walk through all of its entries. Relays of the application trim too, but rarely.
  @Test
  void streamWithoutOldEntriesIsNotSearchedForThem() {
    long before = searches();
    for (int i = 0; i < 50; i++) {
      streams.trim(stream, 24 * HOUR, 1_000);
    }
    assertThat(searches() - before).isLessThan(50);
    assertThat(ids()).hasSize(6);
  }

  private long searches() {
    Matcher calls =
        Pattern.compile("cmdstat_xrevrange:calls=(\\d+)")
            .matcher(streams.command("INFO", "commandstats"));
    return calls.find() ? Long.parseLong(calls.group(1)) : 0;
  }

  @Test
  void entriesBeyondTheMaximumLengthAreRemovedInAnyCase() {
    streams.command("XGROUP", "CREATE", stream, "slow", "0");
    streams.trim(stream, 24 * HOUR, 2);
    assertThat(ids()).containsExactly(id(1), id(0));
  }

  @Test
  void missingStreamIsNotCreated() {
    assertThat(streams.trim("chat:{none}:events", HOUR, 10)).isEqualTo("null");
  }

  private String id(int hoursAgo) {
    return now - (long) hoursAgo * HOUR + "-0";
  }

  private List<String> ids() {
    return redis.stream(String.class).xrange(stream, StreamRange.of("-", "+")).stream()
        .map(entry -> entry.id())
        .toList();
  }
}
