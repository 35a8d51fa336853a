package com.secureapprove.chat.serviceplatform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.serviceplatform.SampleAggregates;
import com.secureapprove.chat.serviceplatform.SampleStores;
import com.secureapprove.chat.serviceplatform.SampleStream;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class OutboxRelayTest {
  @Inject RedisDataSource redis;
  @Inject SampleStream streams;
  @Inject SampleAggregates samples;

  private final UUID sample = UUID.randomUUID();

  @Test
  void eventsReachTheStreamInTheirOrder() {
    List<String> titles = IntStream.range(0, 20).mapToObj(i -> "title " + i).toList();
    titles.forEach(title -> samples.rename(sample, title));
    awaitTitles(titles.toArray(String[]::new));
  }

  @Test
  void eventsThatRedisLostAreAppendedAgain() {
    samples.rename(sample, "1");
    samples.rename(sample, "2");
    awaitTitles("1", "2");
    List<String> before = ids();
    redis.key().del(SampleStream.STREAM);
    awaitTitles("1", "2");
    assertThat(ids()).isEqualTo(before);
    samples.rename(sample, "3");
    awaitTitles("1", "2", "3");
    assertThat(ids()).startsWith(before.toArray(String[]::new));
  }

  @Test
  void eventThatCommitsAfterLaterOnesIsNotSkipped() throws SQLException {
    UUID late = UUID.randomUUID();
    try (Connection connection = SampleStores.superuser()) {
      connection.setAutoCommit(false);
      insertEvent(connection, late);
      samples.rename(sample, "overtakes");
      awaitTitles("overtakes");
      assertThat(streams.eventsOf(late)).isEmpty();
      connection.commit();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(streams.eventsOf(late)).hasSize(1));
  }

  @Test
  void eventOfARolledBackTransactionBlocksNothing() throws SQLException {
    UUID never = UUID.randomUUID();
    try (Connection connection = SampleStores.superuser()) {
      connection.setAutoCommit(false);
      insertEvent(connection, never);
      connection.rollback();
    }
    samples.rename(sample, "next");
    awaitTitles("next");
    String last = SampleStores.one("select max(position) from outbox_event");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                SampleStores.one("select min(published_position) >= " + last + " from relay_lease"),
            "t"::equals);
    assertThat(streams.eventsOf(never)).isEmpty();
  }

  @Test
  void eventIsNeverUpdatedOrDeletedAndItsSlotIsTruncated() throws SQLException {
    String current =
        SampleStores.one("select slot from outbox_event order by position desc limit 1");
    int old = current == null ? 0 : (Integer.parseInt(current) + 4) % 8;
    SampleStores.execute(
        """
        insert into outbox_event (position, slot, shard, tenant, event_id, payload, created_at)
        values (-1, %d, 0, 'acme', gen_random_uuid(), '', now() - interval '2 hours')
        """
            .formatted(old));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> SampleStores.one("select count(*) from outbox_event where slot = " + old),
            "0"::equals);
    assertThat(
            SampleStores.one(
                "select n_tup_upd + n_tup_del from pg_stat_user_tables"
                    + " where relname = 'outbox_event_"
                    + old
                    + "'"))
        .isEqualTo("0");
  }

  private static void insertEvent(Connection connection, UUID aggregate) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into outbox_event (slot, shard, tenant, event_id, payload)
            values (0, ?, 'acme', ?, ?)
            """)) {
      UUID id = UUID.randomUUID();
      insert.setInt(1, SampleStream.SHARD);
      insert.setObject(2, id);
      insert.setString(
          3,
          "{\"id\":\"%s\",\"tenant\":\"acme\",\"type\":\"conversation_updated\",\"aggregate\":\"%s\"}"
              .formatted(id, aggregate));
      insert.executeUpdate();
    }
  }

  private void awaitTitles(String... expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(streams.titlesOf(sample)).containsExactly(expected));
  }

  private List<String> ids() {
    return streams.eventsOf(sample).stream().map(event -> event.path("id").asText()).toList();
  }
}
