package com.secureapprove.chat.message;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class FilesTest {
  private final TestSender alice = TestSender.of("acme");
  private final TestSender bob = TestSender.of("acme");

  private Response send(UUID conversation, String key, UUID... files) {
    return alice
        .request()
        .body(Map.of("content", "", "attachment_ids", files, "client_message_id", key))
        .post("/api/chat/conversations/{id}/messages/", conversation);
  }

  @Test
  void messageCarriesItsFilesWhereverItIsShown() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    UUID file = UUID.randomUUID();
    send(conversation, "k", file)
        .then()
        .statusCode(201)
        .body("has_attachments", equalTo(true))
        .body("attachments.id", contains(file.toString()))
        .body("attachments[0].filename", equalTo("a.png"))
        .body("attachments[0].uploaded_at", equalTo("2026-01-01T00:00:00.000Z"));
    bob.history(conversation, "").then().body("[0].attachments.id", contains(file.toString()));
    bob.summary(conversation)
        .then()
        .body("summaries[0].last_message.attachments.id", contains(file.toString()));
    send(conversation, "k", file)
        .then()
        .statusCode(200)
        .body("attachments.id", contains(file.toString()));
  }

  @Test
  void sameKeyWithAnotherFileIsAConflict() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    send(conversation, "k", UUID.randomUUID()).then().statusCode(201);
    send(conversation, "k", UUID.randomUUID()).then().statusCode(409);
  }

  @Test
  void refusedFileRefusesTheMessage() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    send(conversation, "k", UUID.randomUUID(), MessageUpstreams.NO_FILE).then().statusCode(400);
    bob.history(conversation, "").then().body("size()", equalTo(0));
  }

  @Test
  void moreThanTenFilesAreRefused() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    send(conversation, "k", Stream.generate(UUID::randomUUID).limit(11).toArray(UUID[]::new))
        .then()
        .statusCode(400);
  }

  @Test
  void keysTellWhetherThereIsAMessageWithThatFile() {
    UUID conversation = TestSender.conversationOf(alice, bob);
    UUID file = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    send(conversation, "there", file).then().statusCode(201);
    given()
        .auth()
        .oauth2(BackingServices.shared().componentToken("attachment", "message", "acme"))
        .contentType("application/json")
        .body(
            Map.of(
                "keys",
                List.of(
                    key(conversation, "missing", file),
                    key(conversation, "there", file),
                    key(conversation, "there", other))))
        .post("/internal/message-keys")
        .then()
        .statusCode(200)
        .body("exists", contains(false, true, false));
  }

  private Map<String, Object> key(UUID conversation, String key, UUID file) {
    return Map.of(
        "conversation_id", conversation,
        "sender_id", alice.id(),
        "client_message_id", key,
        "attachment_id", file);
  }
}
