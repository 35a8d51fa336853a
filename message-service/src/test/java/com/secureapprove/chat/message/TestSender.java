package com.secureapprove.chat.message;

import static io.restassured.RestAssured.given;

import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// Someone of a tenant, as the gateway presents them to this service.
record TestSender(String tenant, String id) {

  static TestSender of(String tenant) {
    return new TestSender(tenant, UUID.randomUUID().toString());
  }

  RequestSpecification request() {
    return request("gateway");
  }

  private RequestSpecification request(String component) {
    return given()
        .auth()
        .oauth2(
            BackingServices.shared()
                .userToken(component, "message", tenant, TokenUser.of(id, id, id + "@example.org")))
        .contentType("application/json");
  }

  Response send(UUID conversation, String content, String key) {
    return request()
        .body(Map.of("content", content, "client_message_id", key))
        .post("/api/chat/conversations/{id}/messages/", conversation);
  }

  Response send(UUID conversation, String content) {
    return send(conversation, content, UUID.randomUUID().toString());
  }

  /// Sends messages in one batch, as a gateway does.
  Response sendBatch(UUID conversation, int count) {
    List<Map<String, Object>> items =
        IntStream.range(0, count)
            .mapToObj(i ->
                Map.<String, Object>of(
                    "conversation_id",
                    conversation,
                    "sender_id",
                    id,
                    "content",
                    "m" + i,
                    "attachment_ids",
                    List.of(),
                    "client_message_id",
                    UUID.randomUUID().toString()))
            .toList();
    return given()
        .auth()
        .oauth2(BackingServices.shared().componentToken("gateway", "message", tenant))
        .contentType("application/json")
        .body(Map.of("items", items))
        .post("/internal/messages");
  }

  Response history(UUID conversation, String query) {
    return request().get("/api/chat/conversations/" + conversation + "/messages/" + query);
  }

  Response markRead(UUID conversation, String body) {
    return request().body(body).post("/api/chat/conversations/{id}/mark_read/", conversation);
  }

  Response summary(UUID conversation) {
    return request("conversation")
        .body(Map.of("conversation_ids", List.of(conversation)))
        .post("/internal/summaries");
  }

  /// A conversation of these people, as conversation-service would announce it.
  static UUID conversationOf(TestSender... people) {
    UUID id = UUID.randomUUID();
    membership(people[0].tenant(), id, 1, people).then().statusCode(204);
    return id;
  }

  static Response membership(String tenant, UUID conversation, long version, TestSender... people) {
    return given()
        .auth()
        .oauth2(BackingServices.shared().componentToken("conversation", "message", tenant))
        .contentType("application/json")
        .body(
            Map.of(
                "conversation_id",
                conversation,
                "version",
                version,
                "participant_ids",
                Arrays.stream(people).map(TestSender::id).toList()))
        .put("/internal/conversations/{id}/membership", conversation);
  }
}
