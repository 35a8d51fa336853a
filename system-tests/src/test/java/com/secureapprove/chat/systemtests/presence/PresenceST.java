package com.secureapprove.chat.systemtests.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tests the presence frames that others receive. Simulates two minutes of inactivity in Redis.
@ExtendWith(RunningSuite.class)
class PresenceST {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LARGE = 501;

  private final Suite suite;
  private final Tenant tenant;

  PresenceST(Suite suite) {
    this.suite = suite;
    tenant = suite.newTenant();
  }

  @Test
  void comingAndGoingAreToldOnceAndAReconnectIsNeither() {
    List<String> ids = tenant.enter(List.of("alice", "bob", "carol", "dave"), true);
    String bobsId = ids.get(1);
    ChatUser alice = tenant.signIn("alice");
    try (Socket atAlice = alice.connect()) {
      awaitPresence(atAlice, alice.id(), true);
      ChatUser bob = tenant.signIn("bob");
      JsonNode online = awaitPresence(atAlice, bobsId, true);
      assertThat(Instant.parse(online.path("last_seen").asText()))
          .isBetween(Instant.now().minus(PATIENCE), Instant.now().plusSeconds(5));

      bob.connect().abort();
      try (Socket again = bob.connect()) {
        again.ping();
      }
      bob.get("conversations/").expect(200);
      comes(atAlice, "carol", ids.get(2));
      assertThat(told(atAlice, bobsId)).hasSize(1);
      assertThat(isOnline(alice, bobsId)).isTrue();

      Instant longAgo = Instant.now().minusSeconds(150).truncatedTo(ChronoUnit.MILLIS);
      await()
          .atMost(PATIENCE)
          .until(() -> {
            silentSince(longAgo, bobsId); // repeated, because activity may be reported late
            return told(atAlice, bobsId).size() > 1;
          });
      JsonNode offline = told(atAlice, bobsId).get(1);
      assertThat(offline.path("is_online").asBoolean()).isFalse();
      assertThat(Instant.parse(offline.path("last_seen").asText())).isEqualTo(longAgo);
      assertThat(isOnline(alice, bobsId)).isFalse();
      comes(atAlice, "dave", ids.get(3));
      assertThat(told(atAlice, bobsId)).hasSize(2);
    }
  }

  @Test
  void inALargeTenantOnlyThoseHearWhoShareASmallConversation() {
    List<String> names =
        Stream.concat(
                Stream.of("alice", "bob", "carol", "dave"),
                IntStream.range(4, LARGE).mapToObj("other%03d"::formatted))
            .toList();
    List<String> ids = tenant.enter(names, true);
    ChatUser alice = tenant.signIn("alice");
    ChatUser carol = tenant.signIn("carol");
    start(alice, ids.get(1));
    start(carol, ids.get(3));
    alice
        .post(
            "conversations/start_group/",
            Map.of("participant_ids", ids.subList(1, 60), "title", "Everybody of us"))
        .expect(201);
    try (Socket atAlice = alice.connect();
        Socket atCarol = carol.connect()) {
      tenant.signIn("bob");
      awaitPresence(atAlice, ids.get(1), true);
      tenant.signIn("dave");
      awaitPresence(atCarol, ids.get(3), true);
      atAlice.ping();
      assertThat(told(atCarol, ids.get(1))).isEmpty();
      assertThat(told(atAlice, ids.get(3))).isEmpty();
    }
  }

  private static void start(ChatUser person, String other) {
    person.post("conversations/start/", Map.of("participant_id", other)).expect(201);
  }

  /// A person comes online; its frame follows all earlier ones.
  private void comes(Socket at, String name, String id) {
    tenant.signIn(name);
    awaitPresence(at, id, true);
  }

  private static JsonNode awaitPresence(Socket at, String id, boolean online) {
    return at.await(
        "presence",
        frame ->
            frame.path("user_id").asText().equals(id)
                && frame.path("is_online").asBoolean() == online);
  }

  private static List<JsonNode> told(Socket at, String id) {
    return at.frames("presence").stream()
        .filter(frame -> frame.path("user_id").asText().equals(id))
        .toList();
  }

  private static boolean isOnline(ChatUser asking, String id) {
    for (JsonNode person : asking.get("conversations/presence/").expect(200)) {
      if (person.path("id").asText().equals(id)) {
        return person.path("is_online").asBoolean();
      }
    }
    throw new AssertionError("not there: " + id);
  }

  /// Only for people who are online: others must not come back.
  private void silentSince(Instant time, String id) {
    suite.tellRedis(
        "ZADD chat:{%s}:online XX %d %s".formatted(tenant.name(), time.toEpochMilli(), id));
  }
}
