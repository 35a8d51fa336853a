package com.secureapprove.chat.systemtests.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.contract.SocketContract;
import com.secureapprove.chat.testsupport.websocket.WebSocketClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An open WebSocket and all frames that it received. A frame that violates the contract fails the
/// next call.
public final class Socket implements AutoCloseable {

  private static final int OPEN = -1;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<JsonNode> frames = new ArrayList<>();
  private final SocketContract contract;
  private int closeCode = OPEN;
  private long closedAt;
  private @Nullable WebSocketClient socket;

  private final Confidential confidential;

  private Socket(Suite suite) {
    this.contract = suite.contracts().socket();
    this.confidential = suite.confidential();
  }

  /// Opens the WebSocket as any client may, with any headers.
  ///
  /// @param protocols the sub-protocols that are offered
  public static Socket open(
      Suite suite, String query, Map<String, String> headers, String... protocols) {
    Socket opened = new Socket(suite);
    WebSocketClient.Builder builder = WebSocketClient.builder();
    headers.forEach(builder::header);
    if (protocols.length > 0) {
      builder.protocols(protocols);
    }
    URI base = suite.baseUrl();
    URI uri = URI.create("ws://%s/ws/chat/%s".formatted(base.getAuthority(), query));
    opened.socket = builder.open(uri, opened.new Listener());
    return opened;
  }

  /// Sends a frame.
  public void send(Map<String, ?> frame) {
    sendText(Json.of(frame));
  }

  /// Sends any text.
  public void sendText(String text) {
    contract.said(text);
    socket().send(text);
  }

  /// Sends a message in a conversation, under this key.
  public void say(String conversation, String content, String key) {
    confidential.add(content);
    send(
        Map.of(
            "type", "send",
            "conversation_id", conversation,
            "content", content,
            "client_message_id", key));
  }

  /// The first frame of a type, waited for.
  public JsonNode await(String type) {
    return await(type, _ -> true);
  }

  /// The first frame of a type that fits, waited for; it may have come before.
  public JsonNode await(String type, Predicate<JsonNode> fits) {
    return await(0, type, fits);
  }

  private JsonNode await(int from, String type, Predicate<JsonNode> fits) {
    lock.lock();
    try {
      long left = Http.PATIENCE.toNanos();
      int seen = from;
      while (true) {
        contract.requireFaultless();
        for (; seen < frames.size(); seen++) {
          JsonNode frame = frames.get(seen);
          if (isOf(type, frame) && fits.test(frame)) {
            return frame;
          }
        }
        if (closeCode != OPEN || left <= 0) {
          throw new AssertionError(
              "no such %s; closed with %d; there were %s".formatted(type, closeCode, frames));
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(problem);
    } finally {
      lock.unlock();
    }
  }

  /// One more frame of a type than there were, waited for.
  ///
  /// @param before how many of the type there were
  public JsonNode awaitNth(String type, int before) {
    int[] seen = {0};
    return await(0, type, _ -> seen[0]++ == before);
  }

  /// The answer to a frame: the first one of a type that comes after everything seen so far.
  public JsonNode ask(Map<String, ?> frame, String answerType) {
    return askText(Json.of(frame), answerType);
  }

  /// The same for any text.
  public JsonNode askText(String text, String answerType) {
    int before = frames().size();
    sendText(text);
    return await(before, answerType, _ -> true);
  }

  /// Waits until everything that was on its way to this session before has arrived, and answers
  /// where the session stands.
  public String ping() {
    return ask(Map.of("type", "ping"), "pong").path("event_id").asText();
  }

  /// Everything so far.
  public List<JsonNode> frames() {
    lock.lock();
    try {
      return List.copyOf(frames);
    } finally {
      lock.unlock();
    }
  }

  /// Everything of a type so far.
  public List<JsonNode> frames(String type) {
    return frames().stream().filter(frame -> isOf(type, frame)).toList();
  }

  /// The contents of the messages that came, in their order.
  public List<String> heard() {
    return frames("message_created").stream()
        .map(frame -> frame.path("message").path("content").asText())
        .toList();
  }

  /// The close code, waited for.
  public int awaitClose() {
    lock.lock();
    try {
      long left = Http.PATIENCE.toNanos();
      while (closeCode == OPEN) {
        assertThat(left).as("the socket stays open; it got %s", frames).isPositive();
        left = changed.awaitNanos(left);
      }
      return closeCode;
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(problem);
    } finally {
      lock.unlock();
    }
  }

  /// When the close came, by [System#nanoTime()].
  public long closedAt() {
    lock.lock();
    try {
      return closedAt;
    } finally {
      lock.unlock();
    }
  }

  /// Ends it as a lost line would.
  public void abort() {
    socket().abort();
  }

  @Override
  public void close() {
    socket().close();
  }

  private WebSocketClient socket() {
    WebSocketClient open = socket;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open;
  }

  private static boolean isOf(String type, JsonNode frame) {
    return frame.path("type").asText().equals(type);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private final class Listener implements WebSocketClient.Listener {

    @Override
    public void onText(String text) {
      JsonNode frame = Json.read(text);
      contract.heard(frame);
      change(() -> frames.add(frame));
    }

    @Override
    public void onClosed(int code) {
      change(() -> {
        closeCode = code;
        closedAt = System.nanoTime();
      });
    }
  }
}
