package com.secureapprove.chat.message;

import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpExchange;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Stubs of presence-service (every person exists and is named by their id) and
/// conversation-service (knows the memberships that a test sets).
final class MessageUpstreams {
  private static final Map<String, String> MEMBERSHIPS = new ConcurrentHashMap<>();

  /// presence-service accepts at most this many people in one request.
  private static final int MOST_PEOPLE = 200;

  /// The one person whom presence-service does not know.
  static final String UNKNOWN = "nobody";

  /// The one file that attachment-service does not give.
  static final UUID NO_FILE = UUID.fromString("00000000-0000-7000-8000-000000000000");

  /// conversation-service breaks off its answer about this conversation.
  static final UUID BROKEN_OFF = UUID.fromString("00000000-0000-7000-8000-00000000000b");

  private MessageUpstreams() {}

  static void conversationServiceKnows(String conversationId, long version, List<String> users) {
    String participants = users.stream().map(u -> '"' + u + '"').collect(Collectors.joining(","));
    MEMBERSHIPS.put(
        conversationId,
        """
        {"conversation_id":"%s","version":%d,"participant_ids":[%s]}\
        """
            .formatted(conversationId, version, participants));
  }

  static StubServer start() {
    return StubServer.start()
        .on("/internal/people", MessageUpstreams::people)
        .on("/internal/conversations", MessageUpstreams::membership)
        .on("/internal/claims", MessageUpstreams::claims);
  }

  private static void people(HttpExchange exchange) throws IOException {
    String[] ids = exchange.getRequestURI().getQuery().substring("ids=".length()).split(",");
    if (ids.length > MOST_PEOPLE) {
      StubServer.answer(exchange, 400);
      return;
    }
    StubServer.answer(
        exchange,
        200,
        Arrays.stream(ids)
            .filter(id -> !id.equals(UNKNOWN))
            .map(id ->
                """
                {"id":"%s","name":"%s","email":"%s@example.org","active":true,"version":1}\
                """
                    .formatted(id, id, id))
            .collect(Collectors.joining(",", "{\"people\":[", "]}")));
  }

  private static void membership(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().split("/")[3];
    String membership = MEMBERSHIPS.get(id);
    if (id.equals(BROKEN_OFF.toString())) {
      StubServer.breakOff(exchange);
    } else if (membership == null) {
      StubServer.answer(exchange, 404);
    } else {
      StubServer.answer(exchange, 200, membership);
    }
  }

  /// Every file is there, but for [#NO_FILE].
  private static void claims(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    List<List<String>> asked = JsonPath.from(body).getList("items.attachment_ids");
    StubServer.answer(
        exchange,
        200,
        asked.stream()
            .map(MessageUpstreams::claim)
            .collect(Collectors.joining(",", "{\"outcomes\":[", "]}")));
  }

  private static String claim(List<String> ids) {
    if (ids.contains(NO_FILE.toString())) {
      return """
      {"refusal":{"code":"invalid","field":"attachment_ids","message":"unknown file"}}\
      """;
    }
    return ids.stream()
        .map(id ->
            """
            {"sha256":"%1$s","attachment":{"id":"%1$s","filename":"a.png","size":7,
            "content_type":"image/png","download_url":"/d","thumbnail_url":"/t",
            "uploaded_at":"2026-01-01T00:00:00.000Z"}}\
            """
                .formatted(id))
        .collect(Collectors.joining(",", "{\"files\":[", "]}"));
  }
}
