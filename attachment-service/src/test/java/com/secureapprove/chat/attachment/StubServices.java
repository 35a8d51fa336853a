package com.secureapprove.chat.attachment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stubs of conversation-service and message-service.
public final class StubServices {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> PARTICIPANTS = ConcurrentHashMap.newKeySet();
  private static final Set<String> MESSAGES = ConcurrentHashMap.newKeySet();
  private static volatile boolean conversationsDown;
  private static volatile boolean messagesDown;
  private static StubServer server;

  private StubServices() {}

  /// Adds a participant to a conversation.
  public static void joins(String conversation, String user) {
    PARTICIPANTS.add(conversation + "/participants/" + user);
  }

  /// Removes a participant from a conversation.
  public static void leaves(String conversation, String user) {
    PARTICIPANTS.remove(conversation + "/participants/" + user);
  }

  /// Makes a message exist with the idempotency key and the file.
  public static void messageExists(String clientMessageId, String file) {
    MESSAGES.add(clientMessageId + " " + file);
  }

  /// Whether conversation-service answers with errors.
  public static void conversationsDown(boolean down) {
    conversationsDown = down;
  }

  /// Whether message-service answers with errors.
  public static void messagesDown(boolean down) {
    messagesDown = down;
  }

  static synchronized String start() {
    server =
        StubServer.start()
            .on("/internal/conversations/", StubServices::participant)
            .on("/internal/message-keys", StubServices::messageKeys);
    return server.address();
  }

  static synchronized void stop() {
    server.stop();
  }

  private static void participant(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/internal/conversations/".length());
    StubServer.answer(exchange, conversationsDown ? 503 : PARTICIPANTS.contains(path) ? 204 : 404);
  }

  private static void messageKeys(HttpExchange exchange) throws IOException {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode exists = body.putArray("exists");
    for (JsonNode key : JSON.readTree(exchange.getRequestBody()).path("keys")) {
      exists.add(
          MESSAGES.contains(
              key.path("client_message_id").asText() + " " + key.path("attachment_id").asText()));
    }
    StubServer.answer(exchange, messagesDown ? 503 : 200, body.toString());
  }
}
