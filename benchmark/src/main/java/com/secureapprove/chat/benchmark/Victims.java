package com.secureapprove.chat.benchmark;

import com.secureapprove.chat.benchmark.stack.BenchStack;
import com.secureapprove.chat.testsupport.websocket.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// People of one tenant who use the chat at an ordinary rate: each sends over its connection and
/// over REST, reads lists and history, uploads a file, and signs in with a new token. Each counts
/// what fails and how long it takes.
final class Victims implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(350);

  /// What the victims experienced since the last snapshot.
  record Snapshot(long operations, long failed, String firstFailure, Histogram nanos) {
    double p99Millis() {
      return nanos.getValueAtPercentile(99) / 1e6;
    }
  }

  private interface Operation {
    /// Returns an empty text, or what failed.
    String run() throws IOException, InterruptedException;
  }

  private final BenchStack stack;
  private final String tenant;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Recorder nanos = new Recorder(3);
  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<String> firstFailure = new AtomicReference<>("");
  private volatile boolean isRunning = true;

  /// @param tenant their tenant
  /// @param first the number of the first of them
  Victims(BenchStack stack, String tenant, int first, int pairs)
      throws IOException, InterruptedException {
    this.stack = stack;
    this.tenant = tenant;
    List<String> ids = stack.people(tenant, first + 2 * pairs);
    for (int i = first; i < ids.size(); i += 2) {
      String conversation = stack.pair(tenant, i, ids.get(i + 1));
      threads.execute(new Victim("p" + i, conversation));
      threads.execute(new Victim("p" + (i + 1), conversation));
    }
  }

  /// Returns what the victims experienced since the last call, and begins again.
  Snapshot snapshot() {
    return new Snapshot(
        operations.getAndSet(0),
        failed.getAndSet(0),
        firstFailure.getAndSet(""),
        nanos.getIntervalHistogram());
  }

  private final class Victim implements Runnable, WebSocketClient.Listener {
    private final String name;
    private final String token;
    private final String conversation;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    Victim(String name, String conversation) {
      this.name = name;
      this.token = stack.token(tenant, name);
      this.conversation = conversation;
    }

    @Override
    public void run() {
      URI address = URI.create("ws://127.0.0.1:" + stack.gateway().getPort() + "/ws/chat/");
      try (WebSocketClient socket =
          WebSocketClient.builder()
              .header("Authorization", "Bearer " + token)
              .open(address, this)) {
        while (isRunning) {
          for (Operation operation : operations(socket)) {
            measure(operation);
            Thread.sleep(PAUSE);
          }
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /// One round takes at least 3.5 seconds, because the rate limits allow twenty uploads a minute.
    private List<Operation> operations(WebSocketClient socket) {
      String messages = "conversations/" + conversation + "/messages/";
      List<Operation> round = new ArrayList<>();
      round.add(() -> sendFrame(socket));
      round.add(() -> get("conversations/", token));
      round.add(() -> get(messages + "?limit=20", token));
      round.add(() -> postJson(messages, "{\"content\":\"over REST\"}"));
      round.add(() -> get("conversations/unread/", token));
      round.add(() -> get("me/", stack.token(tenant, name)));
      round.add(() -> get(messages + "?limit=50", token));
      round.add(() -> get("conversations/presence/", token));
      round.add(this::upload);
      round.add(() -> postJson("conversations/" + conversation + "/mark_read/", "{}"));
      return round;
    }

    private void measure(Operation operation) throws InterruptedException {
      long start = System.nanoTime();
      String failure;
      try {
        failure = operation.run();
      } catch (IOException e) {
        failure = String.valueOf(e);
      }
      nanos.recordValue(System.nanoTime() - start);
      operations.incrementAndGet();
      if (!failure.isEmpty()) {
        failed.incrementAndGet();
        firstFailure.compareAndSet("", failure);
      }
    }

    private String sendFrame(WebSocketClient socket) throws InterruptedException {
      String key = UUID.randomUUID().toString();
      boolean sent =
          socket.offer(
              "{\"type\":\"send\",\"conversation_id\":\"%s\",\"content\":\"x\",\"client_message_id\":\"%s\"}"
                  .formatted(conversation, key));
      long deadline = System.nanoTime() + TIMEOUT.toNanos();
      while (sent) {
        String answer = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (answer == null) {
          return "no acknowledgement";
        }
        if (answer.contains(key)) {
          return answer.startsWith("{\"type\":\"ack\"") ? "" : answer;
        }
      }
      return "the connection is closed";
    }

    private String get(String path, String token) throws IOException, InterruptedException {
      return send(path, token, HttpRequest.newBuilder().GET());
    }

    private String postJson(String path, String body) throws IOException, InterruptedException {
      return send(
          path,
          token,
          HttpRequest.newBuilder()
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body)));
    }

    private String upload() throws IOException, InterruptedException {
      String form =
          "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
              + "Content-Type: text/plain\r\n\r\n"
              + "a line of text\n".repeat(8_000)
              + "\r\n--b--\r\n";
      return send(
          "attachments/",
          token,
          HttpRequest.newBuilder()
              .header("Content-Type", "multipart/form-data; boundary=b")
              .POST(BodyPublishers.ofString(form)));
    }

    private String send(String path, String token, HttpRequest.Builder request)
        throws IOException, InterruptedException {
      HttpResponse<String> response =
          http.send(
              request
                  .uri(stack.gateway().resolve("/api/chat/" + path))
                  .timeout(TIMEOUT)
                  .header("Authorization", "Bearer " + token)
                  .build(),
              BodyHandlers.ofString());
      return response.statusCode() < 300
          ? ""
          : "%s: %d %s".formatted(path, response.statusCode(), response.body());
    }

    @Override
    public void onText(String frame) {
      if (frame.startsWith("{\"type\":\"ack\"") || frame.startsWith("{\"type\":\"error\"")) {
        answers.add(frame);
      }
    }

    @Override
    public void onClosed(int code) {}
  }

  @Override
  public void close() {
    isRunning = false;
    threads.close();
    http.close();
  }
}
