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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// One hostile person of a tenant without other people than those of their group. Failures of the
/// attacker's requests are expected, and the attacker continues.
final class Attacker implements AutoCloseable {
  private static final String TENANT = "hostile";
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

  private final URI gateway;
  private final String token;
  private final String group;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean isRunning = true;

  private Attacker(URI gateway, String token, String group) {
    this.gateway = gateway;
    this.token = token;
    this.group = group;
  }

  /// The group that the person owns, made once for a stack.
  static String group(BenchStack stack) throws IOException, InterruptedException {
    List<String> ids = stack.people(TENANT, 3);
    return stack.group(TENANT, 0, ids.subList(1, 3));
  }

  static Attacker of(BenchStack stack, String group) {
    return new Attacker(stack.gateway(), stack.token(TENANT, "p0"), group);
  }

  String group() {
    return group;
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

  /// Opens connections that each send one frame again and again.
  void frames(int connections, String frame, String conversation) {
    String text = frame.formatted(conversation);
    repeat(
        connections,
        () -> {
          Silent listener = new Silent();
          try (WebSocketClient socket =
              WebSocketClient.builder()
                  .header("Authorization", "Bearer " + token)
                  .open(address(), listener)) {
            while (isRunning && !listener.isClosed) {
              socket.offer(text);
              sent.incrementAndGet();
              Thread.sleep(BETWEEN_FRAMES);
            }
          }
        });
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
