package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/// One WebSocket of a device, from its opening to its end.
public final class Line {

  private static final Duration OPENS_WITHIN = Duration.ofSeconds(10);
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int NORMAL = 1000;

  private final String token;
  private final Answers answers;
  private final Consumer<JsonNode> onFrame;
  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private Line(
      OkHttpClient http,
      Request upgrade,
      String token,
      Answers answers,
      Consumer<JsonNode> onFrame) {
    this.token = token;
    this.answers = answers;
    this.onFrame = onFrame;
    this.socket = http.newWebSocket(upgrade, new Listener());
  }

  /// The client for a run. Not the JDK's: that one loses bytes, once in some hundred times on a
  /// busy machine, where frames follow on the heels of the answer to the upgrade.
  public static OkHttpClient newClient() {
    Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectTimeout(OPENS_WITHIN)
        .readTimeout(OPENS_WITHIN)
        .followRedirects(false)
        .retryOnConnectionFailure(false)
        .build();
  }

  /// Opens a WebSocket; empty if that fails.
  ///
  /// @param lastEventId the resume position, if there is one
  /// @param answers records refusals and close codes
  static @Nullable Line open(
      OkHttpClient http,
      URI door,
      String token,
      @Nullable String lastEventId,
      Answers answers,
      Consumer<JsonNode> onFrame) {
    String query =
        lastEventId == null
            ? ""
            : "?last_event_id=" + URLEncoder.encode(lastEventId, StandardCharsets.UTF_8);
    Request upgrade =
        new Request.Builder()
            .url("ws://%s/ws/chat/%s".formatted(door.getAuthority(), query))
            .header("Authorization", "Bearer " + token)
            .build();
    Line line = new Line(http, upgrade, token, answers, onFrame);
    if (!line.isOpenInTime()) {
      line.drop();
      return null;
    }
    return line;
  }

  private boolean isOpenInTime() {
    try {
      return opened.get(OPENS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException problem) {
      throw new IllegalStateException(problem);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /// Sends a frame, if the line still stands.
  void send(Map<String, ?> frame) {
    if (!isClosed() && !socket.send(Api.write(frame))) {
      drop();
    }
  }

  /// Passes a frame on, unless the device has given up this line: it may stand on another by now.
  private synchronized void hear(JsonNode frame) {
    if (!isClosed()) {
      onFrame.accept(frame);
    }
  }

  /// Disconnects without a close frame. Nothing is received after this returns.
  synchronized void drop() {
    closed.complete(0);
    socket.cancel();
  }

  boolean isClosed() {
    return closed.isDone();
  }

  /// The code with which the gateway closed it; 0 where it was cut.
  int closeCode() {
    return closed.getNow(0);
  }

  private final class Listener extends WebSocketListener {

    @Override
    public void onOpen(WebSocket from, Response answer) {
      opened.complete(true);
    }

    @Override
    public void onMessage(WebSocket from, String text) {
      hear(Api.read(text));
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
      if (closed.complete(code)) {
        answers.closed(code, token);
      }
      from.close(NORMAL, null);
    }

    @Override
    public void onFailure(WebSocket from, Throwable problem, @Nullable Response answer) {
      if (answer != null && answer.code() != SWITCHING_PROTOCOLS) {
        answers.refusedUpgrade(answer.code());
      } else if (problem instanceof ProtocolException || problem instanceof RuntimeException) {
        answers.wrong("a frame that is not understood: " + problem);
      }
      opened.complete(false);
      closed.complete(0);
    }
  }
}
