package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealStores.class)
class EventsTest {
  @Inject RedisDataSource redis;
  @Inject ObjectMapper json;
  @Inject Streams streams;

  private final Person alice = Person.of("acme");
  private final Person bob = Person.of("acme");

  private List<JsonNode> awaitEvents(UUID conversation, int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(streams.eventsOf(conversation)).hasSize(count));
    return streams.eventsOf(conversation);
  }

  @Test
  void messagesReachTheTenantsStreamInTheirOrder() {
    UUID conversation = Person.conversationOf(alice, bob);
    for (int i = 1; i <= 20; i++) {
      (i % 2 == 0 ? alice : bob).send(conversation, "m" + i).then().statusCode(201);
    }
    List<JsonNode> events = awaitEvents(conversation, 20);
    for (int i = 1; i <= 20; i++) {
      assertThat(events.get(i - 1).at("/data/message/seq").asInt()).isEqualTo(i);
    }
  }

  @Test
  void repeatedSendIsNotToldAgain() {
    UUID conversation = Person.conversationOf(alice, bob);
    alice.send(conversation, "x", "k").then().statusCode(201);
    alice.send(conversation, "x", "k").then().statusCode(200);
    alice.send(conversation, "y", "l").then().statusCode(201);
    assertThat(awaitEvents(conversation, 2))
        .extracting(event -> event.at("/data/message/content").asText())
        .containsExactly("x", "y");
  }

  @Test
  void eventsThatRedisLostAreAppendedAgain() {
    UUID conversation = Person.conversationOf(alice, bob);
    alice.send(conversation, "1").then().statusCode(201);
    alice.send(conversation, "2").then().statusCode(201);
    List<String> before = ids(awaitEvents(conversation, 2));
    redis.key().del(Streams.STREAM);
    assertThat(ids(awaitEvents(conversation, 2))).isEqualTo(before);
    alice.send(conversation, "3").then().statusCode(201);
    assertThat(ids(awaitEvents(conversation, 3))).startsWith(before.toArray(String[]::new));
  }

  @Test
  void anEventThatCommitsAfterLaterOnesIsNotSkipped() throws SQLException {
    UUID late = UUID.randomUUID();
    UUID conversation = Person.conversationOf(alice, bob);
    try (Connection connection = BackingServices.shared().superuser(RealStores.DATABASE)) {
      connection.setAutoCommit(false);
      insertEvent(connection, late);
      alice.send(conversation, "overtakes").then().statusCode(201);
      awaitEvents(conversation, 1);
      assertThat(streams.eventsOf(late)).isEmpty();
      connection.commit();
    }
    awaitEvents(late, 1);
  }

  @Test
  void anEventOfARolledBackTransactionHoldsNothingUp() throws SQLException {
    UUID never = UUID.randomUUID();
    try (Connection connection = BackingServices.shared().superuser(RealStores.DATABASE)) {
      connection.setAutoCommit(false);
      insertEvent(connection, never);
      connection.rollback();
    }
    UUID conversation = Person.conversationOf(alice, bob);
    alice.send(conversation, "next").then().statusCode(201);
    awaitEvents(conversation, 1);
    String last = one("select max(position) from message.outbox_event");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> one("select min(published_position) >= " + last + " from message.relay_lease"),
            "t"::equals);
    assertThat(streams.eventsOf(never)).isEmpty();
  }

  @Test
  void anEventIsNeverUpdatedOrDeletedAndItsSlotIsEmptiedAsAWhole() throws SQLException {
    String current = one("select slot from message.outbox_event order by position desc limit 1");
    int old = current == null ? 0 : (Integer.parseInt(current) + 4) % 8;
    try (Connection connection = BackingServices.shared().superuser(RealStores.DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into message.outbox_event
            (position, slot, shard, tenant, event_id, payload, created_at)
          values (-1, %d, 0, 'acme', gen_random_uuid(), '', now() - interval '2 hours')
          """
              .formatted(old));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> one("select count(*) from message.outbox_event where slot = " + old),
            "0"::equals);
    assertThat(
            one(
                "select n_tup_upd + n_tup_del from pg_stat_user_tables where relname = 'outbox_event_"
                    + old
                    + "'"))
        .isEqualTo("0");
  }

  private static void insertEvent(Connection connection, UUID aggregate) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into message.outbox_event (slot, shard, tenant, event_id, payload)
            values (0, ?, 'acme', ?, ?)
            """)) {
      UUID id = UUID.randomUUID();
      insert.setInt(1, Streams.SHARD);
      insert.setObject(2, id);
      insert.setString(
          3,
          "{\"id\":\"%s\",\"tenant\":\"acme\",\"type\":\"conversation_updated\",\"aggregate\":\"%s\"}"
              .formatted(id, aggregate));
      insert.executeUpdate();
    }
  }

  private static String one(String query) throws SQLException {
    try (Connection connection = BackingServices.shared().superuser(RealStores.DATABASE);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private static List<String> ids(List<JsonNode> events) {
    return events.stream().map(event -> event.path("id").asText()).toList();
  }

  @Test
  void messageCreatedLooksAsInItsGoldenFile() {
    UUID conversation = Person.conversationOf(alice, bob);
    String id =
        alice
            .request()
            .header("X-Chat-Session", "session-1")
            .body(Map.of("content", "Hello", "client_message_id", "key-1"))
            .post("/api/chat/conversations/{id}/messages/", conversation)
            .path("id");
    String event = awaitEvents(conversation, 1).getFirst().toPrettyString();
    assertGolden("message_created.json", event, conversation, Map.of(id, "<message>"));
  }

  @Test
  void positionsChangedLooksAsInItsGoldenFile() {
    UUID conversation = Person.conversationOf(alice, bob);
    String id = alice.send(conversation, "Hello").path("id");
    bob.request()
        .header("X-Chat-Session", "session-1")
        .body("{}")
        .post("/api/chat/conversations/{id}/mark_read/", conversation)
        .then()
        .statusCode(200);
    String event = awaitEvents(conversation, 2).getLast().toPrettyString();
    assertGolden("positions_changed.json", event, conversation, Map.of(id, "<message>"));
  }

  private void assertGolden(
      String file, String event, UUID conversation, Map<String, String> names) {
    String neutral =
        event
            .replace(conversation.toString(), "<conversation>")
            .replace(alice.id(), "<alice>")
            .replace(bob.id(), "<bob>");
    for (Map.Entry<String, String> name : names.entrySet()) {
      neutral = neutral.replace(name.getKey(), name.getValue());
    }
    neutral =
        neutral
            .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z", "<time>")
            .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "<uuid>");
    try (InputStream golden = EventsTest.class.getResourceAsStream("/golden/" + file)) {
      assertThat(json.readTree(neutral)).isEqualTo(json.readTree(golden));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
