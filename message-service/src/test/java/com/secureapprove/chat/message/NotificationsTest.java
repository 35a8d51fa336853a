package com.secureapprove.chat.message;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class NotificationsTest {
  private final TestSender alice = TestSender.of("acme");

  private static RequestSpecification publisher(List<String> roles) {
    TokenUser client = TokenUser.client("approvals", roles);
    return given()
        .auth()
        .oauth2(BackingServices.shared().userToken("gateway", "message", "acme", client))
        .contentType("application/json");
  }

  private static RequestSpecification publisher() {
    return publisher(List.of("chat-publisher"));
  }

  @Test
  void publishingIsAcceptedForThoseWhoExist() {
    publisher()
        .body(
            Map.of(
                "user_ids", List.of(alice.id(), MessageUpstreams.UNKNOWN),
                "type", "notification_approval_request",
                "data", Map.of("approval", 7)))
        .post("/api/chat/notifications/")
        .then()
        .statusCode(202)
        .body("accepted", equalTo(1))
        .body("unknown_user_ids", contains(MessageUpstreams.UNKNOWN));
  }

  @Test
  void aThousandPeopleOfWhomNothingWasHeardAreReached() {
    List<String> users = Stream.generate(() -> TestSender.of("acme").id()).limit(1_000).toList();
    publisher()
        .body(Map.of("user_ids", users, "type", "notification_to_all"))
        .post("/api/chat/notifications/")
        .then()
        .statusCode(202)
        .body("accepted", equalTo(1_000))
        .body("unknown_user_ids", empty());
  }

  @Test
  void sameKeyAnswersTheSameAndAnotherBodyIsAConflict() {
    String key = UUID.randomUUID().toString();
    Map<String, Object> body = Map.of("user_ids", List.of(alice.id()), "type", "notification_a");
    for (int i = 0; i < 2; i++) {
      publisher()
          .header("Idempotency-Key", key)
          .body(body)
          .post("/api/chat/notifications/")
          .then()
          .statusCode(202)
          .body("accepted", equalTo(1))
          .body("unknown_user_ids", empty());
    }
    publisher()
        .header("Idempotency-Key", key)
        .body(Map.of("user_ids", List.of(alice.id()), "type", "notification_b"))
        .post("/api/chat/notifications/")
        .then()
        .statusCode(409);
  }

  @Test
  void onlyServiceClientsWithTheRoleMayPublish() {
    Map<String, Object> body = Map.of("user_ids", List.of(alice.id()), "type", "notification_a");
    alice.request().body(body).post("/api/chat/notifications/").then().statusCode(403);
    publisher(List.of()).body(body).post("/api/chat/notifications/").then().statusCode(403);
    publisher()
        .get("/api/chat/conversations/{id}/messages/", UUID.randomUUID())
        .then()
        .statusCode(403);
    publisher(List.of("chat-publisher", "part:gateway"))
        .body(Map.of("items", List.of()))
        .post("/internal/messages")
        .then()
        .statusCode(403);
  }

  /// The roles of an issuer are its own: none of them makes a person a client.
  @Test
  void aPersonWithAnyRoleOfItsIssuerIsAPerson() {
    UUID conversation = TestSender.conversationOf(alice);
    TokenUser person =
        new TokenUser(
            "person", alice.id(), "Alice", "", List.of("service", "client", "chat-publisher"));
    RequestSpecification request =
        given()
            .auth()
            .oauth2(BackingServices.shared().userToken("gateway", "message", "acme", person))
            .contentType("application/json");
    request.get("/api/chat/conversations/{id}/messages/", conversation).then().statusCode(200);
    request
        .body(Map.of("user_ids", List.of(alice.id()), "type", "notification_a"))
        .post("/api/chat/notifications/")
        .then()
        .statusCode(403);
  }

  @Test
  void aTokenThatDoesNotSayWhatItsCallerIsIsRefused() {
    TokenUser unknown = new TokenUser("robot", alice.id(), "Alice", "", List.of());
    given()
        .auth()
        .oauth2(BackingServices.shared().userToken("gateway", "message", "acme", unknown))
        .get("/api/chat/conversations/{id}/messages/", UUID.randomUUID())
        .then()
        .statusCode(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"notification_a\"}|user_ids",
        "{\"user_ids\":[],\"type\":\"notification_a\"}|user_ids",
        "{\"user_ids\":[\"x\"],\"type\":\"message_created\"}|type",
        "{\"user_ids\":[\"x\"],\"type\":\"notification_a\",\"data\":[]}|data",
      })
  void badBodiesAreRefusedByField(String body, String field) {
    publisher()
        .body(body)
        .post("/api/chat/notifications/")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem(field));
  }

  @Test
  void dataIsLimitedTo16KiB() {
    publisher()
        .body(
            Map.of(
                "user_ids", List.of(alice.id()),
                "type", "notification_a",
                "data", Map.of("a", "x".repeat(16 * 1024))))
        .post("/api/chat/notifications/")
        .then()
        .statusCode(400);
  }
}
