package com.secureapprove.chat.benchmark;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// One person with one WebSocket connection. Every message carries the time at which it was meant
/// to be sent, so that a late send counts as latency. Runs on the connection's event loop.
final class BenchmarkPerson {
  private static final String MARK = "bench ";
  private static final String PADDING =
      " 1234567890 the quick brown fox jumps over the lazy dog 1234567890";

  private final String token;
  private final Counts counts;
  private final AtomicLong keys = new AtomicLong();
  private @Nullable WebSocket socket;
  private Runnable onAck = () -> {};

  /// What all people of a workload have counted together.
  ///
  /// @param latency nanoseconds from the intended send to the frame at another person
  record Counts(
      AtomicLong sent,
      AtomicLong acked,
      AtomicLong refused,
      AtomicLong delivered,
      Recorder latency) {
    static Counts fresh() {
      return new Counts(
          new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong(), new Recorder(3));
    }
  }

  BenchmarkPerson(String token, Counts counts) {
    this.token = token;
    this.counts = counts;
  }

  Future<BenchmarkPerson> connect(WebSocketClient client, URI gateway) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(gateway.getHost())
            .setPort(gateway.getPort())
            .setURI("/ws/chat/")
            .setAllowOriginHeader(false)
            .addHeader("Authorization", "Bearer " + token);
    return client
        .connect(options)
        .map(connected -> {
          socket = connected;
          connected.textMessageHandler(this::frame);
          return this;
        });
  }

  /// Called after each acknowledgement or refusal of a message of this person.
  void onAck(Runnable action) {
    onAck = action;
  }

  /// Sends a message of 100 bytes to a conversation.
  ///
  /// @param intendedNanos when it was meant to be sent, by [System#nanoTime]
  void send(String conversation, long intendedNanos) {
    WebSocket open = socket;
    if (open == null || open.isClosed()) {
      counts.refused().incrementAndGet();
      return;
    }
    counts.sent().incrementAndGet();
    open.writeTextMessage(
        "{\"type\":\"send\",\"conversation_id\":\"%s\",\"content\":\"%s%020d%s\",\"client_message_id\":\"%d-%d\"}"
            .formatted(
                conversation,
                MARK,
                intendedNanos,
                PADDING,
                System.identityHashCode(this),
                keys.incrementAndGet()));
  }

  private void frame(String frame) {
    String type = frame.substring(0, Math.min(frame.length(), 40));
    if (type.contains("\"message_created\"")) {
      int mark = frame.indexOf(MARK);
      if (mark >= 0) {
        long intended = Long.parseLong(frame, mark + MARK.length(), mark + MARK.length() + 20, 10);
        counts.delivered().incrementAndGet();
        counts.latency().recordValue(Math.max(0, System.nanoTime() - intended));
      }
    } else if (type.contains("\"ack\"")) {
      counts.acked().incrementAndGet();
      onAck.run();
    } else if (type.contains("\"error\"")) {
      counts.refused().incrementAndGet();
      onAck.run();
    }
  }

  void close() {
    if (socket != null) {
      socket.close();
    }
  }
}
