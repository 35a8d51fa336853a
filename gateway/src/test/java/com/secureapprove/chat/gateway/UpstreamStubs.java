package com.secureapprove.chat.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.ConfigProvider;

/// Stubs of the gateway's upstreams: one HTTP server that responds like the services, and records
/// all calls. Each response has a field that the gateway does not know, as during a rollout.
public final class UpstreamStubs {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UpstreamStubs INSTANCE = new UpstreamStubs();

  /// The size of each downloaded file, more than the buffers of all connections on the way.
  private static final long DOWNLOAD_BYTES = 64L << 20;

  /// A recorded call.
  public record Call(String method, String uri, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
      return values == null ? "" : values.getFirst();
    }
  }

  private record Conversation(long version, Set<String> participants) {}

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final Map<UUID, Conversation> conversations = new ConcurrentHashMap<>();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final Set<String> inactive = ConcurrentHashMap.newKeySet();
  private final Set<String> refusedTokens = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Map<String, java.util.concurrent.CountDownLatch> hanging =
      new ConcurrentHashMap<>();
  private final AtomicLong seq = new AtomicLong();
  private volatile boolean conversationsDown;

  /// The base URL.
  public static String address() {
    return "http://127.0.0.1:" + port();
  }

  private static int port() {
    return ConfigProvider.getConfig().getValue(RealBacking.SERVICES_PORT, Integer.class);
  }

  private UpstreamStubs() {
    int port = port();
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::answer);
      server.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static UpstreamStubs running() {
    return INSTANCE;
  }

  /// Deletes the recorded calls and the test data.
  public void reset() {
    calls.clear();
    conversations.clear();
    unknown.clear();
    inactive.clear();
    refusedTokens.clear();
    conversationsDown = false;
  }

  /// Whether calls about memberships are answered with 503.
  public void conversationsAreDown(boolean down) {
    conversationsDown = down;
  }

  /// Creates a conversation.
  ///
  /// @param participants their user names
  public UUID conversation(long version, String... participants) {
    UUID id = UUID.randomUUID();
    change(id, version, participants);
    return id;
  }

  public void change(UUID conversation, long version, String... participants) {
    conversations.put(
        conversation,
        new Conversation(
            version,
            java.util.Arrays.stream(participants)
                .map(UpstreamStubs::userId)
                .collect(java.util.stream.Collectors.toSet())));
  }

  /// Makes a person unknown to the directory.
  public void unknown(String userName) {
    unknown.add(userName);
  }

  /// Makes a person inactive.
  public void inactive(String userName) {
    inactive.add(userName);
  }

  /// The directory's id for a user name.
  public static String userId(String userName) {
    return "id-of-" + userName;
  }

  /// The recorded calls to paths with this prefix.
  public List<Call> calls(String path) {
    return calls.stream().filter(call -> call.uri().startsWith(path)).toList();
  }

  /// Waits for the first call to a path with this prefix.
  public Call awaitCall(String path) {
    return awaitCall(path, "");
  }

  /// Waits for the first call to a path with this prefix whose body contains a text. Calls that an
  /// earlier test caused can arrive late.
  public Call awaitCall(String path, String said) {
    return org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(10))
        .until(
            () -> calls(path).stream().filter(call -> call.body().contains(said)).findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  /// Answers calls to paths with this prefix with 503.
  public void refuse(String path) {
    refused.add(path);
  }

  /// Refuses the internal token of calls to paths with this prefix, until [#reset].
  public void refuseTokens(String path) {
    refusedTokens.add(path);
  }

  /// Delays responses to calls to paths with this prefix until [#goOn].
  public void hang(String path) {
    hanging.put(path, new java.util.concurrent.CountDownLatch(1));
  }

  /// Sends the delayed responses, and delays no more.
  public void goOn() {
    hanging.values().forEach(java.util.concurrent.CountDownLatch::countDown);
    hanging.clear();
  }

  private void awaitIfDelayed(String uri) {
    hanging.forEach((path, end) -> {
      if (uri.startsWith(path)) {
        try {
          end.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    });
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body =
        new String(
            exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    String uri = exchange.getRequestURI().toString();
    Map<String, List<String>> headers = new java.util.TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
    calls.add(new Call(exchange.getRequestMethod(), uri, headers, body));
    if (refusedTokens.stream().anyMatch(uri::startsWith)) {
      exchange
          .getResponseHeaders()
          .set(
              "WWW-Authenticate",
              "Bearer error=\"invalid_token\", error_description=\"token expired\"");
      send(exchange, 401, JSON.createObjectNode().put("detail", "No valid credentials"));
      return;
    }
    if (refused.stream().anyMatch(uri::startsWith)) {
      send(exchange, 503, JSON.createObjectNode().put("detail", "Something behind is down"));
      return;
    }
    if (headers.getOrDefault("if-none-match", List.of()).contains("\"known\"")) {
      exchange.getResponseHeaders().set("ETag", "\"known\"");
      exchange.sendResponseHeaders(304, -1);
      exchange.close();
      return;
    }
    if (uri.startsWith("/internal/sign-ins")) {
      signIn(exchange, JSON.readTree(body));
    } else if (conversationsDown && uri.contains("/membership")) {
      send(exchange, 503, JSON.createObjectNode().put("detail", "Not now"));
    } else if (uri.startsWith("/internal/people/count")) {
      send(exchange, 200, JSON.createObjectNode().put("active", 5));
    } else if (uri.startsWith("/internal/memberships")) {
      memberships(exchange, uri.substring(uri.indexOf('=') + 1));
    } else if (uri.endsWith("/membership")) {
      membership(exchange, UUID.fromString(uri.split("/")[3]));
    } else if (uri.startsWith("/internal/messages")) {
      messages(exchange, JSON.readTree(body));
    } else if (uri.endsWith("/download")) {
      download(exchange);
    } else if (uri.equals("/api/chat/attachments")) {
      send(exchange, 201, attachment());
    } else {
      send(exchange, 200, JSON.createObjectNode().put("answered", uri));
    }
  }

  private static void download(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, DOWNLOAD_BYTES);
    byte[] block = new byte[1 << 16];
    try (var out = exchange.getResponseBody()) {
      for (long sent = 0; sent < DOWNLOAD_BYTES; sent += block.length) {
        out.write(block);
      }
    }
  }

  private void signIn(HttpExchange exchange, JsonNode asked) throws IOException {
    String name = asked.path("directory_value").asText();
    if (unknown.contains(name)) {
      send(exchange, 403, JSON.createObjectNode().put("detail", "Nobody is linked"));
      return;
    }
    send(
        exchange,
        200,
        JSON.createObjectNode()
            .put("id", userId(name))
            .put("name", asked.path("name").asText(name))
            .put("email", asked.path("email").asText())
            .put("active", !inactive.contains(name))
            .put("version", 1));
  }

  private void memberships(HttpExchange exchange, String userId) throws IOException {
    ArrayNode entries = JSON.createArrayNode();
    conversations.forEach((id, conversation) -> {
      if (conversation.participants().contains(userId)) {
        entries
            .addObject()
            .put("conversation_id", id.toString())
            .put("version", conversation.version());
      }
    });
    send(exchange, 200, JSON.createObjectNode().set("memberships", entries));
  }

  private void membership(HttpExchange exchange, UUID id) throws IOException {
    Conversation conversation = conversations.get(id);
    if (conversation == null) {
      send(exchange, 404, JSON.createObjectNode().put("detail", "Not there"));
      return;
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.put("conversation_id", id.toString()).put("version", conversation.version());
    ArrayNode people = answer.putArray("participant_ids");
    conversation.participants().forEach(people::add);
    send(exchange, 200, answer);
  }

  private void messages(HttpExchange exchange, JsonNode batch) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode outcomes = answer.putArray("outcomes");
    for (JsonNode item : batch.path("items")) {
      ObjectNode outcome = outcomes.addObject();
      UUID conversation = UUID.fromString(item.path("conversation_id").asText());
      Conversation known = conversations.get(conversation);
      if (known == null || !known.participants().contains(item.path("sender_id").asText())) {
        outcome.putNull("message").put("created", false);
        outcome
            .putObject("refusal")
            .put("code", "not-found")
            .put("message", "No such conversation");
      } else {
        outcome.put("created", true).putNull("refusal");
        outcome.set("message", message(conversation, item));
      }
    }
    send(exchange, 200, answer);
  }

  private static ObjectNode attachment() {
    String id = UUID.randomUUID().toString();
    return JSON.createObjectNode()
        .put("id", id)
        .put("filename", "a.bin")
        .put("content_type", "application/octet-stream")
        .put("size", 1)
        .put("download_url", "/api/chat/attachments/" + id + "/download/")
        .putNull("thumbnail_url")
        .put("uploaded_at", "2026-01-02T03:04:05.678Z");
  }

  private ObjectNode message(UUID conversation, JsonNode item) {
    ObjectNode message = JSON.createObjectNode();
    message
        .put("id", UUID.randomUUID().toString())
        .put("conversation", conversation.toString())
        .put("seq", seq.incrementAndGet())
        .put("sender_id", item.path("sender_id").asText())
        .put("sender_name", "Somebody")
        .put("sender_email", "somebody@acme.test")
        .put("content", item.path("content").asText())
        .put("has_attachments", false);
    message.putArray("attachments");
    return message
        .put("created_at", "2026-01-02T03:04:05.678Z")
        .put("updated_at", "2026-01-02T03:04:05.678Z")
        .put("client_message_id", item.path("client_message_id").asText())
        .put("status", "sent");
  }

  private void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    awaitIfDelayed(exchange.getRequestURI().toString());
    if (body instanceof ObjectNode fields) {
      fields.put("field_of_a_newer_release", 1);
    }
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
    exchange.close();
  }
}
