package com.secureapprove.chat.benchmark;

import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.testsupport.websocket.RawWebSocket;
import com.secureapprove.chat.testsupport.websocket.WebSocketClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One hostile person. Failures of the attacker's requests are expected, and the attacker
/// continues.
final class Attacker implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(20);
  private static final Duration BETWEEN_BYTES = Duration.ofSeconds(1);

  /// Ninety frames a second, of the hundred that are allowed.
  private static final Duration BETWEEN_FRAMES = Duration.ofNanos(1_000_000_000L / 90);

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  /// A step that may be repeated by [#repeat].
  interface Action {
    void run() throws IOException, InterruptedException;
  }

  private static final class Silent implements WebSocketClient.Listener {
    private volatile boolean isClosed;

    @Override
    public void onText(String frame) {}

    @Override
    public void onClosed(int code) {
      isClosed = true;
    }
  }

  private static final class FirstFrame implements WebSocketClient.Listener {
    private final CompletableFuture<Void> arrived = new CompletableFuture<>();

    @Override
    public void onText(String frame) {
      arrived.complete(null);
    }

    @Override
    public void onClosed(int code) {
      arrived.completeExceptionally(new IOException("closed with " + code));
    }
  }

  private final URI gateway;
  private final String token;
  private final AttackTarget target;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean isRunning = true;

  private Attacker(URI gateway, String token, AttackTarget target) {
    this.gateway = gateway;
    this.token = token;
    this.target = target;
  }

  static Attacker of(BenchStack stack, AttackTarget target) {
    return new Attacker(stack.gateway(), stack.token(AttackTarget.TENANT, "p0"), target);
  }

  AttackTarget target() {
    return target;
  }

  String group() {
    return target.group();
  }

  /// How many requests, frames or connections were sent.
  long sent() {
    return sent.get();
  }

  /// Repeats an action on several threads until the attack ends.
  void repeat(int concurrency, Action action) {
    for (int i = 0; i < concurrency; i++) {
      loop(action::run);
    }
  }

  private void loop(Step step) {
    threads.execute(() -> {
      while (isRunning) {
        try {
          step.run();
        } catch (IOException | RuntimeException _) {
          pause(AFTER_FAILURE);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    });
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void request(String method, String path, String body) throws IOException, InterruptedException {
    sent.incrementAndGet();
    http.send(
        HttpRequest.newBuilder(gateway.resolve("/api/chat/" + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.discarding());
  }

  /// Sends a request with header lines that an HTTP client would refuse, and waits for an answer.
  void raw(String method, String path, String headers) throws IOException {
    sent.incrementAndGet();
    try (Socket socket = open(method, path, headers + "\r\n")) {
      InputStream response = socket.getInputStream();
      response.readNBytes(16);
    }
  }

  private Socket open(String method, String path, String rest) throws IOException {
    Socket socket = new Socket("127.0.0.1", gateway.getPort());
    try {
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      String head =
          "%s /api/chat/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
              .formatted(method, path, token);
      socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.ISO_8859_1));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Keeps requests open whose body arrives byte by byte.
  void dribble(int connections, String path, String contentType, String start) {
    repeat(
        connections,
        () -> {
          sent.incrementAndGet();
          String headers =
              "Content-Type: %s\r\nContent-Length: %d\r\n\r\n"
                  .formatted(contentType, path.startsWith("attachments") ? 1_000_000 : 10_000);
          try (Socket socket = open("POST", path, headers + start)) {
            while (isRunning) {
              Thread.sleep(BETWEEN_BYTES);
              socket.getOutputStream().write('x'); // fails after the gateway closed the connection
            }
          }
        });
  }

  /// Opens connections that each send a frame again and again.
  ///
  /// @param conversations the conversations of the frames, in turn
  void frames(int connections, String frame, List<String> conversations) {
    List<String> texts = conversations.stream().map(frame::formatted).toList();
    repeat(
        connections,
        () -> {
          Silent listener = new Silent();
          try (WebSocketClient socket = open("", listener)) {
            for (int i = 0; isRunning && !listener.isClosed; i++) {
              socket.offer(texts.get(i % texts.size()));
              sent.incrementAndGet();
              Thread.sleep(BETWEEN_FRAMES);
            }
          }
        });
  }

  private WebSocketClient open(String query, WebSocketClient.Listener listener) {
    return WebSocketClient.builder()
        .header("Authorization", "Bearer " + token)
        .open(address().resolve("/ws/chat/" + query), listener);
  }

  /// Opens connections, and closes each after its first frame.
  void reconnect(int connections, String query) {
    repeat(
        connections,
        () -> {
          sent.incrementAndGet();
          FirstFrame listener = new FirstFrame();
          WebSocketClient socket = open(query, listener);
          try {
            listener.arrived.orTimeout(5, TimeUnit.SECONDS).join();
          } finally {
            socket.abort();
          }
        });
  }

  /// Requests a file over connections that each read a little every second.
  void readSlowly(int connections, String path) {
    repeat(
        connections,
        () -> {
          sent.incrementAndGet();
          try (Socket socket = open("GET", path, "\r\n")) {
            InputStream response = socket.getInputStream();
            while (isRunning && response.readNBytes(1_000).length > 0) {
              Thread.sleep(BETWEEN_BYTES);
            }
          }
        });
  }

  /// Sends a request with an invalid token, and begins a sign-in with invented parameters.
  void withInvalidCredentials() throws IOException, InterruptedException {
    String invalid = token.substring(0, token.length() - 8) + "AAAAAAAA";
    for (String path :
        List.of("/api/chat/me/", "/t/hostile/", "/t/hostile/?code=x&state=" + System.nanoTime())) {
      sent.incrementAndGet();
      http.send(
          HttpRequest.newBuilder(gateway.resolve(path))
              .timeout(TIMEOUT)
              .header("Authorization", "Bearer " + invalid)
              .build(),
          BodyHandlers.discarding());
    }
  }

  /// Opens connections that send pings and never read the answers.
  void neverRead(int connections) {
    repeat(
        connections,
        () -> {
          sent.incrementAndGet();
          try (RawWebSocket socket = RawWebSocket.open(address(), token, 1_024)) {
            while (isRunning) {
              socket.sendFragments("{\"type\":\"ping\"}");
              Thread.sleep(BETWEEN_FRAMES);
            }
          }
        });
  }

  private URI address() {
    return URI.create("ws://127.0.0.1:" + gateway.getPort() + "/ws/chat/");
  }

  @Override
  public void close() {
    isRunning = false;
    threads.shutdownNow();
    threads.close();
    http.shutdownNow();
  }
}
