package com.secureapprove.chat.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.localstack.StandIn;
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

/// Stands in for presence-service and message-service.
///
/// Everybody exists whose id ends in their tenant's name after a dot (`alice.acme`); somebody whose
/// id begins with `gone` is inactive.
public final class StubServices {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, JsonNode> SUMMARIES = new ConcurrentHashMap<>();
  private static final List<JsonNode> MEMBERSHIPS = new CopyOnWriteArrayList<>();
  private static volatile boolean messagesDown;
  private static volatile boolean messagesBreakOff;
  private static volatile boolean peopleDown;
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static volatile CountDownLatch hanging = new CountDownLatch(0);
  private static final AtomicInteger ASKED_NOW = new AtomicInteger();
  private static volatile CountDownLatch peopleHanging = new CountDownLatch(0);
  private static StandIn server;

  private StubServices() {}

  /// What message-service says of a conversation from now on.
  public static void summary(String conversationId, String summary) {
    try {
      SUMMARIES.put(conversationId, JSON.readTree(summary));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The memberships that message-service has been told of a conversation, oldest first.
  public static List<JsonNode> memberships(String conversationId) {
    return MEMBERSHIPS.stream()
        .filter(m -> m.path("conversation_id").asText().equals(conversationId))
        .toList();
  }

  /// Whether message-service answers with errors.
  public static void messagesDown(boolean down) {
    messagesDown = down;
  }

  /// Lists are not completed from now on, until [#summariesGoOn].
  public static void summariesHang() {
    hanging = new CountDownLatch(1);
  }

  /// Whether message-service breaks off its answers about lists and receipts.
  public static void messagesBreakOff(boolean breakOff) {
    messagesBreakOff = breakOff;
  }

  /// How often lists were to be completed so far.
  public static int summariesAsked() {
    return ASKED.get();
  }

  /// Answers what hangs, and everything from now on.
  public static void summariesGoOn() {
    hanging.countDown();
  }

  /// Whether presence-service answers with errors.
  public static void peopleDown(boolean down) {
    peopleDown = down;
  }

  /// Nobody is looked up from now on, until [#peopleGoOn].
  public static void peopleHang() {
    peopleHanging = new CountDownLatch(1);
  }

  /// How many questions about people wait for their answer.
  public static int peopleAskedNow() {
    return ASKED_NOW.get();
  }

  /// Answers who is asked for, and everybody from now on.
  public static void peopleGoOn() {
    peopleHanging.countDown();
  }

  static synchronized String start() {
    server =
        StandIn.start()
            .on("/internal/people", StubServices::people)
            .on("/api/chat/conversations", StubServices::receipts)
            .on("/internal/summaries", StubServices::summaries)
            .on("/internal/conversations", StubServices::membership);
    return server.address();
  }

  static synchronized void stop() {
    server.stop();
  }

  private static void people(HttpExchange exchange) throws IOException {
    ASKED_NOW.incrementAndGet();
    try {
      waitFor(peopleHanging);
    } finally {
      ASKED_NOW.decrementAndGet();
    }
    if (peopleDown) {
      StandIn.answer(exchange, 503);
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
    StandIn.answer(exchange, 200, body.toString());
  }

  private static void summaries(HttpExchange exchange) throws IOException {
    ASKED.incrementAndGet();
    waitFor(hanging);
    if (messagesBreakOff) {
      StandIn.breakOff(exchange);
      return;
    }
    if (messagesDown) {
      StandIn.answer(exchange, 503);
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
    StandIn.answer(exchange, 200, body.toString());
  }

  /// Everybody asked about has read up to 3.
  private static void receipts(HttpExchange exchange) throws IOException {
    if (messagesBreakOff) {
      StandIn.breakOff(exchange);
      return;
    }
    if (messagesDown) {
      StandIn.answer(exchange, 503);
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
    StandIn.answer(exchange, 200, body.toString());
  }

  private static void membership(HttpExchange exchange) throws IOException {
    if (messagesDown) {
      StandIn.answer(exchange, 503);
      return;
    }
    MEMBERSHIPS.add(JSON.readTree(exchange.getRequestBody()));
    StandIn.answer(exchange, 204);
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
