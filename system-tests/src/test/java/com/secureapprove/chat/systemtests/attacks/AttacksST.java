package com.secureapprove.chat.systemtests.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningSuite.class)
class AttacksST {

  private final Suite suite;
  private final Tenant tenant;
  private final ChatUser alice;
  private final ChatUser bob;
  private final String talk;

  AttacksST(Suite suite) {
    this.suite = suite;
    tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob");
    alice = people.get(0);
    bob = people.get(1);
    talk = alice.startWith(bob);
  }

  @Test
  void nothingOfAnotherTenantIsThereWhicheverWayOneAsks() {
    String message = alice.say(talk, "private").path("id").asText();
    ChatUser mallory = suite.newTenant().person("mallory");
    String path = "conversations/" + talk + "/";

    for (String below : List.of("", "messages/", "participants/", "receipts/")) {
      mallory.get(path + below).expectProblem(404);
    }
    mallory.get(path + "messages/?since_id=" + message).expectProblem(404);
    mallory.post(path + "messages/", Map.of("content", "a")).expectProblem(404);
    mallory.post(path + "mark_read/", Map.of()).expectProblem(404);
    mallory.post(path + "typing/").expectProblem(404);
    mallory
        .post(path + "add_participants/", Map.of("participant_ids", List.of(mallory.id())))
        .expectProblem(404);
    mallory
        .post(path + "remove_participant/", Map.of("participant_id", alice.id()))
        .expectProblem(404);
    mallory.patch(path + "update_title/", Map.of("title", "mine")).expectProblem(404);
    mallory
        .patch(path + "set_role/", Map.of("participant_id", mallory.id(), "role", "owner"))
        .expectProblem(404);
    for (String arranged : List.of("archive/", "unarchive/", "mute/", "unmute/")) {
      mallory.patch(path + arranged).expectProblem(404);
    }
    assertThat(Json.texts(mallory.get("conversations/presence/").expect(200), "id"))
        .containsExactly(mallory.id());
  }

  @Test
  void someoneOfAnotherTenantLooksLikeNobodyAtAll() {
    ChatUser mallory = suite.newTenant().person("mallory");
    JsonNode other = start(mallory, alice.id());
    JsonNode nobody = start(mallory, "01900000-0000-7000-8000-000000000000");
    assertThat(other.path("detail")).isEqualTo(nobody.path("detail"));
    assertThat(other.path("type")).isEqualTo(nobody.path("type"));
  }

  @Test
  void someoneSetInactiveLosesTheSocketAndTheWayIn() {
    try (Socket socket = bob.connect()) {
      tenant.enter(List.of("bob"), false);
      assertThat(socket.awaitClose()).isEqualTo(4401);
    }
    assertThat(Polling.until(Duration.ofSeconds(20), () -> bob.get("me/").status() == 403))
        .as("bob is kept out")
        .isTrue();
    alice.post("conversations/start/", Map.of("participant_id", bob.id())).expect(200);
    ChatUser carol = tenant.person("carol");
    carol.post("conversations/start/", Map.of("participant_id", bob.id())).expectProblem(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/messages",
        "/internal/people?ids=a",
        "/internal/sign-ins",
        "/api/chat/../../internal/people",
        "/api/chat/%2e%2e/%2e%2e/internal/people",
        "/api/chat/conversations/..%2f..%2f..%2finternal/people",
        "/api/chat//internal/people",
        "/api/chat/conversations/x/../../../../internal/people",
      })
  void internalPathsAreNotToBeHadFromOutside(String path) {
    String internal = suite.stack().keys().token("gateway", "presence", tenant.name(), null);
    for (String token : List.of(alice.token(), internal)) {
      Answer answer =
          alice.send(
              HttpRequest.newBuilder(URI.create(suite.baseUrl() + path))
                  .header("Authorization", "Bearer " + token)
                  .GET());
      assertThat(answer.status()).as(answer.asked()).isIn(400, 401, 404);
      assertThat(answer.text()).doesNotContain(alice.email());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Component.class,
      mode = Mode.INCLUDE,
      names = {"PRESENCE", "CONVERSATION", "MESSAGE", "ATTACHMENT"})
  void servicesAcceptNobodyWhoGoesAroundTheGateway(Component component) {
    String forAnother = suite.stack().keys().token("gateway", "gateway", tenant.name(), null);
    for (String token : List.of(alice.token(), forAnother, "nonsense")) {
      for (String path :
          List.of(
              "/api/chat/conversations/presence", "/api/chat/conversations", "/internal/people")) {
        Answer answer =
            alice.send(
                HttpRequest.newBuilder(suite.stack().url(component).resolve(path))
                    .header("Authorization", "Bearer " + token)
                    .GET());
        assertThat(answer.status()).as(answer.asked()).isIn(401, 404, 405);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"me/", "conversations/", "conversations/unread/", "conversations/presence/"})
  void whatIsPersonalIsKeptByNoSharedCache(String path) {
    assertThat(alice.get(path).header("Cache-Control")).containsAnyOf("no-store", "private");
  }

  @Test
  void historyIsKeptByNoSharedCache() {
    assertThat(alice.get("conversations/" + talk + "/messages/").header("Cache-Control"))
        .containsAnyOf("no-store", "private");
  }

  @Test
  void scriptIsTextLikeAnyOther() {
    String script = "<script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1)";
    assertThat(alice.say(talk, script).path("content").asText()).isEqualTo(script);
    Answer answer = alice.get("conversations/" + talk + "/messages/");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  private static JsonNode start(ChatUser by, String id) {
    return by.post("conversations/start/", Map.of("participant_id", id)).expectProblem(404);
  }
}
