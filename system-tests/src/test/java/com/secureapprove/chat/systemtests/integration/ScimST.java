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
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The identity provider keeps the directory, through the gateway.
@ExtendWith(RunningSuite.class)
class ScimST {

  private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

  private final Suite suite;
  private final Tenant tenant;

  ScimST(Suite suite) {
    this.suite = suite;
    tenant = suite.newProvisionedTenant();
  }

  @Test
  void aPersonIsTakenInRenamedAndLetGo() {
    String id = create("alice", "Alice").expect(201).path("id").asText();
    ChatUser alice = tenant.signIn("alice");
    assertThat(alice.id()).isEqualTo(id);
    assertThat(get("/" + id).expect(200).path("userName").asText()).isEqualTo("alice");

    send("PATCH", "/" + id, patch("displayName", "Alice Adams")).expect(200);
    ChatUser bob = signedIn("bob");
    assertThat(
            bob.post("conversations/start/", Map.of("participant_id", id))
                .expect(201)
                .path("title")
                .asText())
        .isEqualTo("Alice Adams");
    send("PUT", "/" + id, user("alice", "A. Adams")).expect(200);
    assertThat(get("/" + id).expect(200).path("displayName").asText()).isEqualTo("A. Adams");

    try (Socket socket = alice.connect()) {
      JsonNode inactive = send("PATCH", "/" + id, patch("active", false)).expect(200);
      assertThat(inactive.path("active").asBoolean()).isFalse();
      assertThat(socket.awaitClose()).isEqualTo(4401);
    }
    ChatUser again = ChatUser.withToken(suite, alice.freshToken());
    again.get("me/").expectProblem(403);
    bob.post("conversations/start/", Map.of("participant_id", id)).expect(200);
    ChatUser carol = signedIn("carol");
    carol.post("conversations/start/", Map.of("participant_id", id)).expectProblem(404);
  }

  @Test
  void whoIsDeletedIsGoneAndWhatTheySaidStays() {
    String id = create("alice", "Alice").expect(201).path("id").asText();
    ChatUser alice = tenant.signIn("alice");
    ChatUser bob = signedIn("bob");
    String talk = alice.startWith(bob);
    alice.say(talk, "stays");

    try (Socket socket = alice.connect()) {
      suite.send(tenant.scim("/" + id).DELETE()).expect(204);
      assertThat(socket.awaitClose()).isEqualTo(4401);
    }
    get("/" + id).expect(404);
    JsonNode said = bob.get("conversations/" + talk + "/messages/").expect(200);
    assertThat(said.path(0).path("sender_name").asText()).isEqualTo("Alice");

    JsonNode again = create("alice", "Alice").expect(201);
    assertThat(again.path("id").asText()).isEqualTo(id);
    ChatUser returned = tenant.signIn("alice");
    JsonNode found = returned.get("conversations/" + talk + "/messages/").expect(200);
    assertThat(found.path(0).path("content").asText()).isEqualTo("stays");
  }

  @Test
  void peopleAreFoundByFilterAndPaged() {
    for (String name : List.of("ann", "ben", "cid", "dan", "eve")) {
      create(name, name).expect(201);
    }
    JsonNode found = get("?filter=userName%20eq%20%22cid%22").expect(200);
    assertThat(found.path("totalResults").asInt()).isEqualTo(1);
    assertThat(found.path("Resources").path(0).path("userName").asText()).isEqualTo("cid");

    List<String> names = new ArrayList<>();
    for (int start = 1; start <= 5; start += 2) {
      JsonNode page = get("?startIndex=%d&count=2".formatted(start)).expect(200);
      assertThat(page.path("totalResults").asInt()).isEqualTo(5);
      names.addAll(Json.texts(page.path("Resources"), "userName"));
    }
    assertThat(names).containsExactlyInAnyOrder("ann", "ben", "cid", "dan", "eve");
  }

  @Test
  void anotherTenantsTokenSeesNothingOfIt() {
    String id = create("alice", "Alice").expect(201).path("id").asText();
    Tenant other = suite.newProvisionedTenant();
    suite.send(other.scim("/" + id).GET()).expect(404);
    suite.send(other.scim("/" + id).DELETE()).expect(404);
    assertThat(suite.send(other.scim("").GET()).expect(200).path("totalResults").asInt()).isZero();
    assertThat(get("/" + id).expect(200).path("active").asBoolean()).isTrue();
  }

  /// The migration of "Provisioning people": the issuer gives everybody a new subject.
  @Test
  void anIssuerIsMigratedWithOneRequestAndEverybodyKeepsTheirConversations() {
    ChatUser ann = signedIn("ann");
    ChatUser ben = signedIn("ben");
    String conversation = ann.startWith(ben);
    ann.say(conversation, "before the migration");

    Answer refused = migrated("ann").get("me/");
    assertThat(refused.expectProblem(403).path("detail").asText())
        .contains("linked to another account");
    String issuer = URLEncoder.encode(suite.issuer().url(), StandardCharsets.UTF_8);
    URI accounts = URI.create(suite.baseUrl() + "/scim/v2/Accounts?issuer=" + issuer);
    HttpRequest.Builder unlink =
        HttpRequest.newBuilder(accounts)
            .header("Authorization", "Bearer " + tenant.provisioningToken())
            .DELETE();
    assertThat(suite.send(unlink).expect(200).path("unlinked").asInt()).isEqualTo(2);

    assertThat(migrated("ben").get("me/").expect(200).path("id").asText()).isEqualTo(ben.id());
    ChatUser annAgain = migrated("ann");
    assertThat(annAgain.get("me/").expect(200).path("id").asText()).isEqualTo(ann.id());
    assertThat(
            Json.texts(
                annAgain.get("conversations/" + conversation + "/messages/").expect(200),
                "content"))
        .containsExactly("before the migration");
  }

  private ChatUser migrated(String userName) {
    return ChatUser.withToken(
        suite,
        suite
            .issuer()
            .token(tenant.name(), userName, claims -> claims.setSubject("new-" + userName)));
  }

  private ChatUser signedIn(String name) {
    create(name, name).expect(201);
    return tenant.signIn(name);
  }

  private Answer create(String userName, String name) {
    return send("POST", "", user(userName, name));
  }

  private Answer get(String path) {
    return suite.send(tenant.scim(path).GET());
  }

  private Answer send(String method, String path, Map<String, ?> body) {
    return suite.send(
        tenant
            .scim(path)
            .header("Content-Type", "application/scim+json")
            .method(method, BodyPublishers.ofString(Json.of(body))));
  }

  private static Map<String, Object> user(String userName, String name) {
    return Map.of(
        "schemas",
        List.of(USER),
        "userName",
        userName,
        "displayName",
        name,
        "emails",
        List.of(Map.of("value", userName + "@example.com", "primary", true)));
  }

  private static Map<String, Object> patch(String path, Object value) {
    return Map.of(
        "schemas", List.of(PATCH),
        "Operations", List.of(Map.of("op", "replace", "path", path, "value", value)));
  }
}
