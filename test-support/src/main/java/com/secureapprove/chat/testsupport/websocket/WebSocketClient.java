package com.secureapprove.chat.testsupport.websocket;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection of a test, by OkHttp. Thread-safe.
///
/// The WebSocket client of JDK 25 is not used. On a busy machine it sometimes loses frames that
/// arrive immediately after the upgrade response.
public final class WebSocketClient implements AutoCloseable {

  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final int NORMAL = 1000;
  private static final int ABNORMAL = 1006;
  private static final OkHttpClient HTTP = newHttpClient(OPEN_TIMEOUT);

  private final Listener listener;
  private final CompletableFuture<String> opened = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private WebSocketClient(Request upgrade, Listener listener) {
    this.listener = listener;
    this.socket = HTTP.newWebSocket(upgrade, new Events());
  }

  /// Receives frames and the close. All calls come from one thread.
  public interface Listener {

    /// A complete text message arrived.
    void onText(String text);

    /// The connection ended.
    ///
    /// @param code the close code of the server; 1006 if the connection ended without one
    void onClosed(int code);
  }

  /// An upgrade request.
  public static final class Builder {

    private final Request.Builder request = new Request.Builder();

    private Builder() {}

    public Builder header(String name, String value) {
      request.header(name, value);
      return this;
    }

    /// Offers sub-protocols.
    public Builder protocols(String... protocols) {
      return header("Sec-WebSocket-Protocol", String.join(", ", protocols));
    }

    /// Opens the connection, and waits for the upgrade.
    ///
    /// @throws UpgradeRefused if the server responds with another status than 101
    /// @throws IllegalStateException if the connection does not open
    public WebSocketClient open(URI address, Listener listener) {
      WebSocketClient client =
          new WebSocketClient(request.url(address.toString()).build(), listener);
      client.awaitOpen();
      return client;
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /// An HTTP client for any number of connections. It follows no redirects and repeats no requests.
  ///
  /// Each upgrade opens a new connection. A refused upgrade would otherwise leave a pooled
  /// connection, and the next upgrade fails on it after a restart of the server.
  public static OkHttpClient newHttpClient(Duration timeout) {
    Dispatcher dispatcher = new Dispatcher(Executors.newVirtualThreadPerTaskExecutor());
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
        .connectTimeout(timeout)
        .readTimeout(timeout)
        .followRedirects(false)
        .retryOnConnectionFailure(false)
        .build();
  }

  private void awaitOpen() {
    try {
      opened.get(OPEN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException problem) {
      if (problem.getCause() instanceof UpgradeRefused refused) {
        throw refused;
      }
      throw new IllegalStateException("the connection did not open", problem.getCause());
    } catch (TimeoutException problem) {
      socket.cancel();
      throw new IllegalStateException("the connection did not open in time", problem);
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new CompletionException(problem);
    }
  }

  /// The sub-protocol that the server selected; empty for none.
  public String protocol() {
    return opened.join();
  }

  /// Sends a text message, and waits until it is written.
  ///
  /// @throws IllegalStateException if the connection is closed
  public void send(String text) {
    requireQueued(socket.send(text));
    awaitWritten();
  }

  /// Sends a binary message, and waits until it is written.
  ///
  /// @throws IllegalStateException if the connection is closed
  public void send(byte[] bytes) {
    requireQueued(socket.send(ByteString.of(bytes)));
    awaitWritten();
  }

  /// Sends a text message without waiting.
  ///
  /// @return false if the connection is closed
  public boolean offer(String text) {
    return socket.send(text);
  }

  private static void requireQueued(boolean queued) {
    if (!queued) {
      throw new IllegalStateException("the connection is closed");
    }
  }

  /// A message that is still queued would be lost if the test aborts the connection.
  private void awaitWritten() {
    try {
      while (socket.queueSize() > 0 && !closed.isDone()) {
        Thread.sleep(1);
      }
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new CompletionException(problem);
    }
  }

  /// Ends the connection without a close frame.
  public void abort() {
    socket.cancel();
  }

  /// Closes the connection normally, and waits a short time for the server.
  @Override
  public void close() {
    if (socket.close(NORMAL, null)) {
      try {
        closed.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException _) {
        // the connection is aborted
      } catch (InterruptedException problem) {
        Thread.currentThread().interrupt();
      }
    }
    socket.cancel();
  }

  private void end(int code) {
    if (closed.complete(code)) {
      listener.onClosed(code);
    }
  }

  private final class Events extends WebSocketListener {

    @Override
    public void onOpen(WebSocket from, Response response) {
      String protocol = response.header("Sec-WebSocket-Protocol");
      opened.complete(protocol == null ? "" : protocol);
    }

    @Override
    public void onMessage(WebSocket from, String text) {
      listener.onText(text);
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
      end(code);
      from.close(NORMAL, null);
    }

    @Override
    public void onFailure(WebSocket from, Throwable problem, @Nullable Response response) {
      boolean refused =
          response != null
              && opened.completeExceptionally(
                  new UpgradeRefused(response.code(), response.headers()));
      if (!refused && !opened.completeExceptionally(problem)) {
        end(ABNORMAL);
      }
    }
  }
}
