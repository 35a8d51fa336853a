package com.secureapprove.chat.benchmark.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One person with one WebSocket connection. Every message carries the time at which it was meant
/// to be sent, so that a late send counts as latency. Runs on the connection's event loop.
public final class BenchmarkPerson {
  private static final String MARK = "bench ";
  private static final String PADDING =
      " 1234567890 the quick brown fox jumps over the lazy dog 1234567890";

  private final String token;
  private final Counts counts;
  private final AtomicLong keys = new AtomicLong();
  private volatile @Nullable WebSocket socket;
  private Runnable onAck = () -> {};
  private Runnable onConnected = () -> {};

  /// @param token the access token
  /// @param counts what the people of the workload count together
  public BenchmarkPerson(String token, Counts counts) {
    this.token = token;
    this.counts = counts;
  }

  /// Opens the connection. Completes when the gateway has accepted the credentials.
  public Future<BenchmarkPerson> connect(WebSocketClient client, URI gateway) {
    Promise<BenchmarkPerson> connected = Promise.promise();
    onConnected = () -> connected.tryComplete(this);
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(gateway.getHost())
            .setPort(gateway.getPort())
            .setURI("/ws/chat/")
            .setAllowOriginHeader(false)
            .addHeader("Authorization", "Bearer " + token);
    client
        .connect(options)
        .onSuccess(opened -> {
          socket = opened;
          opened.textMessageHandler(this::frame);
          opened.closeHandler(
              _ -> connected.tryFail(new IOException("closed with " + opened.closeStatusCode())));
        })
        .onFailure(connected::tryFail);
    return connected.future();
  }

  /// Called after each acknowledgement or refusal of a message of this person.
  public void onAck(Runnable action) {
    onAck = action;
  }

  /// Sends a message of 100 bytes to a conversation.
  ///
  /// @param intendedNanos when it was meant to be sent, by [System#nanoTime]
  public void send(String conversation, long intendedNanos) {
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
    } else if (type.contains("\"connected\"")) {
      onConnected.run();
    } else if (type.contains("\"error\"")) {
      counts.refused().incrementAndGet();
      onAck.run();
    }
  }

  /// Sends a heartbeat, as every client does each half minute.
  public void ping() {
    write("{\"type\":\"ping\"}");
  }

  /// Marks a conversation as read.
  public void markRead(String conversation) {
    write("{\"type\":\"mark_read\",\"conversation_id\":\"%s\"}".formatted(conversation));
  }

  private void write(String frame) {
    WebSocket open = socket;
    if (open != null && !open.isClosed()) {
      open.writeTextMessage(frame);
    }
  }

  /// The access token.
  public String token() {
    return token;
  }

  /// Closes the connection.
  public void close() {
    if (socket != null) {
      socket.close();
    }
  }
}
