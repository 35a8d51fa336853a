package com.secureapprove.chat.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.secureapprove.chat.testsupport.websocket.WebSocketClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/// A WebSocket client.
public final class Client implements WebSocketClient.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocketClient socket;
  private String session = "";

  private Client() {}

  /// An access token of a person of the demo, from the real issuer.
  public static String token(String tenant, String userName) {
    return TOKENS.computeIfAbsent(
        tenant + "/" + userName, _ -> BackingServices.shared().keycloak().token(tenant, userName));
  }

  public static String origin() {
    return "http://localhost:"
        + ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
  }

  private static URI address(String path) {
    return URI.create(origin().replace("http:", "ws:") + path);
  }

  /// Connects with a token and waits for the frame `connected`.
  public static Client connected(String tenant, String userName) {
    Client client = open(WebSocketClient.builder(), "Bearer " + token(tenant, userName));
    JsonNode greeting = client.next();
    assertThat(greeting.path("type").asText()).isEqualTo("connected");
    client.session = greeting.path("session_id").asText();
    return client;
  }

  /// The gateway's id of a connection that [#connected] opened.
  public String session() {
    return session;
  }

  /// Reconnects with a resume position, without waiting for a frame.
  public static Client resumed(String tenant, String userName, String lastEventId) {
    String position = URLEncoder.encode(lastEventId, StandardCharsets.UTF_8);
    return open(
        "/ws/chat/?last_event_id=" + position,
        builder().header("Authorization", "Bearer " + token(tenant, userName)));
  }

  public static Client open(WebSocketClient.Builder builder, String authorization) {
    return open("/ws/chat/", builder.header("Authorization", authorization));
  }

  public static Client open(String path, WebSocketClient.Builder builder) {
    Client client = new Client();
    client.socket = builder.open(address(path), client);
    return client;
  }

  /// Connects like a browser, with the token as a subprotocol.
  public static Client openLikeABrowser(String token, String origin) {
    String carrier =
        URLEncoder.encode(
                "quarkus-http-upgrade#Authorization#Bearer " + token, StandardCharsets.UTF_8)
            .replace("+", "%20");
    return open(
        "/ws/chat",
        WebSocketClient.builder()
            .header("Origin", origin)
            .protocols("chat.v1", "bearer-token-carrier", carrier));
  }

  public static WebSocketClient.Builder builder() {
    return WebSocketClient.builder();
  }

  public String protocol() {
    return socket.protocol();
  }

  public void say(String frame) {
    socket.send(frame);
  }

  /// Sends a frame repeatedly, and ignores failures after the gateway closes the connection.
  public void flood(String frame, int times) {
    for (int i = 0; i < times; i++) {
      socket.offer(frame);
    }
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  public void sayBytes(byte[] bytes) {
    socket.send(bytes);
  }

  /// The next frame other than `presence`, which can arrive at any time.
  public JsonNode next() {
    JsonNode frame = nextOfAny();
    while (frame.path("type").asText().equals("presence")) {
      frame = nextOfAny();
    }
    return frame;
  }

  /// The next frame; fails if none arrives in time.
  private JsonNode nextOfAny() {
    try {
      String frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(frame).as("a frame in time").isNotNull();
      return JSON.readTree(frame);
    } catch (InterruptedException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The next frame of a type; skips others.
  public JsonNode nextOf(String type) {
    JsonNode frame = nextOfAny();
    while (!frame.path("type").asText().equals(type)) {
      frame = nextOfAny();
    }
    return frame;
  }

  /// Fails if a frame of a type has arrived until now.
  public void noneOf(String type) {
    say("{\"type\":\"ping\"}");
    JsonNode frame = nextOfAny();
    while (!frame.path("type").asText().equals("pong")) {
      assertThat(frame.path("type").asText()).as("frame %s", frame).isNotEqualTo(type);
      frame = nextOfAny();
    }
  }

  /// Sends a ping and fails if any frame other than `presence` arrives before the `pong`.
  public JsonNode nothingButPong() {
    say("{\"type\":\"ping\"}");
    JsonNode frame = next();
    assertThat(frame.path("type").asText()).as("frame %s", frame).isEqualTo("pong");
    return frame;
  }

  public int closeCode() {
    return closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public void onText(String frame) {
    frames.add(frame);
  }

  @Override
  public void onClosed(int code) {
    closed.complete(code);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
