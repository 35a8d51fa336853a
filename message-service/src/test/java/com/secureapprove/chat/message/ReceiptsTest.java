package com.secureapprove.chat.message;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class ReceiptsTest {
  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");
  private final TestSender carol = TestSender.of("acme");

  private static Response delivered(String tenant, UUID conversation, TestSender person, long seq) {
    return given()
        .auth()
        .oauth2(BackingServices.shared().componentToken("gateway", "message", tenant))
        .contentType("application/json")
        .body(
            Map.of(
                "items",
                List.of(
                    Map.of("conversation_id", conversation, "user_id", person.id(), "seq", seq))))
        .post("/internal/delivered");
  }

  private static Response receipts(TestSender person, UUID conversation, String query) {
    return person.request().get("/api/chat/conversations/" + conversation + "/receipts/" + query);
  }

  @Test
  void positionsAreNullUntilTheyHappenAndNeverGoBack() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice.send(conversation, "1").then().statusCode(201);
    alice.send(conversation, "2").then().statusCode(201);
    String bobs = "find { it.user_id == '" + bob.id() + "' }.";
    receipts(alice, conversation, "")
        .then()
        .statusCode(200)
        .body("", hasSize(2))
        .body(bobs + "delivered_seq", nullValue())
        .body(bobs + "read_at", nullValue());
    delivered("acme", conversation, bob, 2).then().statusCode(204);
    delivered("acme", conversation, bob, 1).then().statusCode(204);
    receipts(alice, conversation, "").then().body(bobs + "delivered_seq", equalTo(2));
    alice.history(conversation, "").then().body("status", contains("delivered", "delivered"));
  }

  @Test
  void deliveryBeyondTheEndCountsToTheEnd() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice.send(conversation, "1").then().statusCode(201);
    delivered("acme", conversation, bob, 99).then().statusCode(204);
    alice.send(conversation, "2").then().statusCode(201);
    alice.history(conversation, "").then().body("status", contains("delivered", "sent"));
  }

  @Test
  void deliveryToStrangersAndOtherTenantsIsPassedOver() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    alice.send(conversation, "1").then().statusCode(201);
    delivered("acme", conversation, carol, 1).then().statusCode(204);
    delivered("globex", conversation, bob, 1).then().statusCode(204);
    alice.history(conversation, "").then().body("status", contains("sent"));
    receipts(carol, conversation, "").then().statusCode(403);
  }

  @Test
  void receiptsArePaged() {
    UUID conversation = TestSender.conversationOf(alice, bob, carol);
    Response first = receipts(alice, conversation, "?limit=2");
    first.then().body("", hasSize(2)).header("Link", containsString("cursor="));
    String cursor = first.path("[1].user_id");
    receipts(alice, conversation, "?limit=2&cursor=" + cursor)
        .then()
        .body("", hasSize(1))
        .header("Link", nullValue());
    receipts(alice, conversation, "?limit=0").then().statusCode(400);
    receipts(alice, conversation, "?cursor=\0").then().statusCode(400);
  }
}
