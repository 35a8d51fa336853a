package com.secureapprove.chat.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.testsupport.stub.StubServer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Stubs of presence-service and message-service.
///
/// Every person exists whose id ends in a dot and the tenant (`alice.acme`). A person is inactive
/// if the id begins with `gone`.
public final class ConversationUpstreams {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, JsonNode> SUMMARIES = new ConcurrentHashMap<>();
  private static final List<JsonNode> MEMBERSHIPS = new CopyOnWriteArrayList<>();
  private static final List<String> TRACES = new CopyOnWriteArrayList<>();
  private static volatile boolean messagesDown;
  private static volatile boolean messagesBreakOff;
  private static volatile boolean peopleDown;
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static volatile CountDownLatch hanging = new CountDownLatch(0);
  private static final AtomicInteger ASKED_NOW = new AtomicInteger();
  private static volatile CountDownLatch peopleHanging = new CountDownLatch(0);
  private static StubServer server;

  private ConversationUpstreams() {}

  /// Sets the summary that message-service returns for a conversation.
  public static void summary(String conversationId, String summary) {
    try {
      SUMMARIES.put(conversationId, JSON.readTree(summary));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the memberships that message-service received for a conversation, oldest first.
  public static List<JsonNode> memberships(String conversationId) {
    return MEMBERSHIPS.stream()
        .filter(m -> m.path("conversation_id").asText().equals(conversationId))
        .toList();
  }

  /// Returns the trace ids of the look-ups of people.
  public static List<String> traces() {
    return List.copyOf(TRACES);
  }

  /// Whether message-service answers with errors.
  public static void messagesDown(boolean down) {
    messagesDown = down;
  }

  /// Summaries do not return until [#summariesResume].
  public static void summariesHang() {
    hanging = new CountDownLatch(1);
  }

  /// Whether message-service aborts its responses with summaries and receipts.
  public static void messagesBreakOff(boolean breakOff) {
    messagesBreakOff = breakOff;
  }

  /// Returns the number of summary requests so far.
  public static int summariesAsked() {
    return ASKED.get();
  }

  /// Completes the waiting summary requests and answers later ones.
  public static void summariesResume() {
    hanging.countDown();
  }

  /// Whether presence-service answers with errors.
  public static void peopleDown(boolean down) {
    peopleDown = down;
  }

  /// Directory look-ups do not return until [#peopleResume].
  public static void peopleHang() {
    peopleHanging = new CountDownLatch(1);
  }

  /// Returns the number of waiting directory look-ups.
  public static int peopleAskedNow() {
    return ASKED_NOW.get();
  }

  /// Completes the waiting look-ups and answers later ones.
  public static void peopleResume() {
    peopleHanging.countDown();
  }

  static synchronized String start() {
    server =
        StubServer.start()
            .on("/internal/people", ConversationUpstreams::people)
            .on("/api/chat/conversations", ConversationUpstreams::receipts)
            .on("/internal/summaries", ConversationUpstreams::summaries)
            .on("/internal/conversations", ConversationUpstreams::membership);
    return server.address();
  }

  static synchronized void stop() {
    server.stop();
  }

  private static void people(HttpExchange exchange) throws IOException {
    String trace = exchange.getRequestHeaders().getFirst("X-Request-Id");
    if (trace != null) {
      TRACES.add(trace);
    }
    ASKED_NOW.incrementAndGet();
    try {
      waitFor(peopleHanging);
    } finally {
      ASKED_NOW.decrementAndGet();
    }
    if (peopleDown) {
      StubServer.answer(exchange, 503);
      return;
    }
    String tenant = tenantOf(exchange);
    ObjectNode body = JSON.createObjectNode();
    ArrayNode people = body.putArray("people");
    for (String id : exchange.getRequestURI().getQuery().substring("ids=".length()).split(",")) {
      if (id.endsWith("." + tenant)) {
        String name = id.substring(0, id.indexOf('.'));
        people
            .addObject()
            .put("id", id)
            .put("name", Character.toUpperCase(name.charAt(0)) + name.substring(1))
            .put("email", name + "@" + tenant + ".test")
            .put("active", !id.startsWith("gone"))
            .put("version", 1);
      }
    }
    StubServer.answer(exchange, 200, body.toString());
  }

  private static void summaries(HttpExchange exchange) throws IOException {
    ASKED.incrementAndGet();
    waitFor(hanging);
    if (messagesBreakOff) {
      StubServer.breakOff(exchange);
      return;
    }
    if (messagesDown) {
      StubServer.answer(exchange, 503);
      return;
    }
    ObjectNode body = JSON.createObjectNode();
    ArrayNode summaries = body.putArray("summaries");
    for (JsonNode id : JSON.readTree(exchange.getRequestBody()).path("conversation_ids")) {
      JsonNode known = SUMMARIES.get(id.asText());
      if (known != null) {
        summaries.add(known);
      }
    }
    StubServer.answer(exchange, 200, body.toString());
  }

  /// Every participant has read up to 3.
  private static void receipts(HttpExchange exchange) throws IOException {
    if (messagesBreakOff) {
      StubServer.breakOff(exchange);
      return;
    }
    if (messagesDown) {
      StubServer.answer(exchange, 503);
      return;
    }
    String id = exchange.getRequestURI().getPath().split("/")[4];
    ArrayNode body = JSON.createArrayNode();
    for (JsonNode person : memberships(id).getLast().path("participant_ids")) {
      body.addObject()
          .put("user_id", person.asText())
          .put("delivered_seq", 5)
          .put("delivered_at", "2030-01-01T00:00:00.000Z")
          .put("read_seq", 3)
          .putNull("read_at");
    }
    StubServer.answer(exchange, 200, body.toString());
  }

  private static void membership(HttpExchange exchange) throws IOException {
    if (messagesDown) {
      StubServer.answer(exchange, 503);
      return;
    }
    MEMBERSHIPS.add(JSON.readTree(exchange.getRequestBody()));
    StubServer.answer(exchange, 204);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String tenantOf(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("Authorization").split(" ")[1];
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    return JSON.readTree(claims).path("tenant").asText();
  }
}
