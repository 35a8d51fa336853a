package com.secureapprove.chat.systemtests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningSuite.class)
class NotificationsST {

  private static final String TYPE = "notification_approval_request";

  private final ChatUser alice;
  private final ChatUser bob;
  private final ChatUser mallory;
  private final ChatUser publisher;

  NotificationsST(Suite suite) {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob");
    alice = people.get(0);
    bob = people.get(1);
    mallory = suite.newTenant().person("mallory");
    publisher = ChatUser.withToken(suite, suite.issuer().publisherToken(tenant.name(), "host"));
  }

  @Test
  void theNamedPeopleHearItOnceAndNobodyElse() {
    try (Socket atAlice = alice.connect();
        Socket atBob = bob.connect();
        Socket atMallory = mallory.connect()) {
      List<String> users = List.of(alice.id(), mallory.id(), "nobody");
      for (int i = 0; i < 2; i++) {
        JsonNode accepted = publish("key-1", users, 7).expect(202);
        assertThat(accepted.path("accepted").asInt()).isEqualTo(1);
        assertThat(accepted.path("unknown_user_ids"))
            .extracting(JsonNode::asText)
            .containsExactlyInAnyOrder(mallory.id(), "nobody");
      }
      publish("key-1", users, 8).expectProblem(409);

      JsonNode heard = atAlice.await(TYPE);
      assertThat(heard.path("data").path("amount").asInt()).isEqualTo(7);
      assertThat(heard.path("amount").asInt()).isEqualTo(7);
      assertThat(heard.path("event_id").asText()).isNotEmpty();

      publish("key-2", List.of(alice.id(), bob.id()), 9).expect(202);
      atBob.await(TYPE);
      atAlice.await(TYPE, frame -> frame.path("data").path("amount").asInt() == 9);
      assertThat(atAlice.frames(TYPE)).hasSize(2);
      assertThat(atBob.frames(TYPE)).hasSize(1);
      atMallory.ping();
      assertThat(atMallory.frames(TYPE)).isEmpty();
    }
  }

  @Test
  void aReplayedNotificationIsTheSameFrame() {
    try (Socket first = alice.connect()) {
      String before = first.ping();
      publish("key-replay", List.of(alice.id()), 11).expect(202);
      JsonNode live = first.await(TYPE);
      try (Socket second = alice.resume(before)) {
        assertThat(second.await(TYPE)).isEqualTo(live);
      }
    }
  }

  @Test
  void onlyAServiceClientWithTheRoleMayPublish() {
    alice.post("notifications/", body(List.of(bob.id()), 1)).expectProblem(403);
    publisher.get("me/").expectProblem(403);
    publisher.get("conversations/").expectProblem(403);
  }

  private Answer publish(String key, List<String> users, int amount) {
    return publisher.send(
        publisher
            .request("notifications/")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(Json.of(body(users, amount)))));
  }

  private static Map<String, Object> body(List<String> users, int amount) {
    return Map.of("user_ids", users, "type", TYPE, "data", Map.of("amount", amount));
  }
}
