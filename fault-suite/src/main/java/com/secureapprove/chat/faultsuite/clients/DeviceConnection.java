package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.testsupport.websocket.WebSocketClient;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection of a device.
public final class DeviceConnection {

  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int NORMAL = 1000;

  private final String token;
  private final ResponseChecker responses;
  private final Consumer<JsonNode> onFrame;
  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private DeviceConnection(
      OkHttpClient http,
      Request upgrade,
      String token,
      ResponseChecker responses,
      Consumer<JsonNode> onFrame) {
    this.token = token;
    this.responses = responses;
    this.onFrame = onFrame;
    this.socket = http.newWebSocket(upgrade, new Listener());
  }

  /// The WebSocket client for a run.
  public static OkHttpClient newClient() {
    return WebSocketClient.newHttpClient(OPEN_TIMEOUT);
  }

  /// Opens a connection; null if that fails.
  ///
  /// @param lastEventId the resume position, if there is one
  /// @param responses records refusals and close codes
  static @Nullable DeviceConnection open(
      OkHttpClient http,
      URI endpoint,
      String token,
      @Nullable String lastEventId,
      ResponseChecker responses,
      Consumer<JsonNode> onFrame) {
    String query =
        lastEventId == null
            ? ""
            : "?last_event_id=" + URLEncoder.encode(lastEventId, StandardCharsets.UTF_8);
    Request upgrade =
        new Request.Builder()
            .url("ws://%s/ws/chat/%s".formatted(endpoint.getAuthority(), query))
            .header("Authorization", "Bearer " + token)
            .build();
    DeviceConnection connection = new DeviceConnection(http, upgrade, token, responses, onFrame);
    if (!connection.isOpenInTime()) {
      connection.drop();
      return null;
    }
    return connection;
  }

  private boolean isOpenInTime() {
    try {
      return opened.get(OPEN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException problem) {
      throw new IllegalStateException(problem);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /// Sends a frame if the connection is open.
  void send(Map<String, ?> frame) {
    if (!isClosed() && !socket.send(ClientJson.write(frame))) {
      drop();
    }
  }

  /// Passes a frame on, unless the device dropped this connection. It may use another one already.
  private synchronized void receive(JsonNode frame) {
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

  /// The close code; 0 if the connection was cut.
  int closeCode() {
    return closed.getNow(0);
  }

  private final class Listener extends WebSocketListener {

    @Override
    public void onOpen(WebSocket from, Response response) {
      opened.complete(true);
    }

    @Override
    public void onMessage(WebSocket from, String text) {
      receive(ClientJson.read(text));
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
      if (closed.complete(code)) {
        responses.closed(code, token);
      }
      from.close(NORMAL, null);
    }

    @Override
    public void onFailure(WebSocket from, Throwable problem, @Nullable Response response) {
      if (response != null && response.code() != SWITCHING_PROTOCOLS) {
        responses.upgradeRefused(response.code());
      } else if (problem instanceof ProtocolException || problem instanceof RuntimeException) {
        responses.violation("invalid frame: " + problem);
      }
      opened.complete(false);
      closed.complete(0);
    }
  }
}
