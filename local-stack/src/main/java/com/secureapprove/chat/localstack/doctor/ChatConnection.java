package com.secureapprove.chat.localstack.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// A WebSocket of the chat. Frames wait in a queue until they are read. For one reading thread.
final class ChatConnection implements AutoCloseable {

  private static final Duration FRAME_WITHIN = Duration.ofSeconds(10);
  private static final int NORMAL = 1000;
  private static final int SWITCHING = 101;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final URI url;
  private final WebSocket socket;

  private ChatConnection(OkHttpClient http, URI url, Request upgrade) {
    this.url = url;
    this.socket = http.newWebSocket(upgrade, new Listener());
  }

  private sealed interface Event {
    record Frame(Map<String, Object> members) implements Event {}

    record Closed(int code, String reason) implements Event {}

    record Refused(Reply reply) implements Event {}

    record Broken(IOException failure) implements Event {}
  }

  /// Opens a connection, and waits for the frame `connected`.
  static ChatConnection open(OkHttpClient http, URI url, Request upgrade) throws CheckFailed {
    ChatConnection connection = new ChatConnection(http, url, upgrade);
    connection.await(frame -> "connected".equals(frame.get("type")), "the frame `connected`");
    return connection;
  }

  void send(Map<String, ?> frame) {
    socket.send(JsonUtil.toJson(frame));
  }

  /// Waits for a frame, and returns it with all frames before it, which are in their order.
  ///
  /// @param what names the frame in the failure
  List<Map<String, Object>> await(Predicate<Map<String, Object>> wanted, String what)
      throws CheckFailed {
    long deadline = System.nanoTime() + FRAME_WITHIN.toNanos();
    List<Map<String, Object>> seen = new ArrayList<>();
    while (true) {
      switch (next(deadline)) {
        case Event.Frame(var members) -> {
          seen.add(members);
          if (wanted.test(members)) {
            return seen;
          }
        }
        case Event.Closed(int code, String reason) -> throw closed(code, reason);
        case Event.Refused(Reply reply) -> throw refused(reply);
        case Event.Broken(IOException failure) -> throw Transport.failure(url, failure);
        case null ->
            throw new CheckFailed(
                "%s did not arrive within %d s.".formatted(what, FRAME_WITHIN.toSeconds()),
                "Look for dependency_unavailable in the logs of gateway and message-service, and at"
                    + " the meter chat_outbox_lag_seconds: Redis carries these frames.");
      }
    }
  }

  private @Nullable Event next(long deadline) throws CheckFailed {
    try {
      return events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CheckFailed("The check was interrupted.", "");
    }
  }

  private static CheckFailed closed(int code, String reason) {
    return new CheckFailed(
        "The gateway closed the socket with code %d, %s.".formatted(code, reason),
        switch (code) {
          case 1001 -> "The gateway is shutting down. Try again.";
          case 1013 -> "A service behind the gateway does not answer. Check their readiness.";
          case 4401 -> "The token is not accepted or has expired.";
          case 4403 -> "The token names no tenant, or the person is not in the directory.";
          case 4408 -> "The proxy delays frames: switch off its buffering of responses.";
          case 4429 -> "This person has too many connections or sends too many frames.";
          default -> "Look at the log of the gateway at this time.";
        });
  }

  private static CheckFailed refused(Reply reply) {
    if (reply.isProblem() && reply.status() == 403) {
      return new CheckFailed(
          "The gateway refuses the origin of the socket.",
          "A proxy adds the header Origin. It must be CHAT_PUBLIC_URL or in CHAT_ALLOWED_ORIGINS.");
    }
    if (reply.isProblem() && reply.status() != 400) {
      return reply.refused("GET /ws/chat/");
    }
    return new CheckFailed(
        "The upgrade to a WebSocket was answered with status %d.".formatted(reply.status()),
        "The proxy does not forward the upgrade of /ws/. nginx: proxy_http_version 1.1 and the"
            + " headers Upgrade and Connection. Cloud load balancers: switch WebSockets on.");
  }

  @Override
  public void close() {
    socket.close(NORMAL, null);
  }

  private final class Listener extends WebSocketListener {
    @Override
    public void onMessage(WebSocket source, String text) {
      try {
        events.add(new Event.Frame(JsonUtil.parseJson(text)));
      } catch (JoseException failure) {
        events.add(new Event.Broken(new IOException("a frame is not JSON", failure)));
      }
    }

    @Override
    public void onClosing(WebSocket source, int code, String reason) {
      events.add(new Event.Closed(code, reason));
      source.close(NORMAL, null);
    }

    @Override
    public void onFailure(WebSocket source, Throwable failure, @Nullable Response response) {
      if (response != null && response.code() != SWITCHING) {
        events.add(new Event.Refused(reply(response)));
      } else {
        events.add(
            new Event.Broken(failure instanceof IOException io ? io : new IOException(failure)));
      }
    }

    private Reply reply(Response response) {
      String body;
      try {
        body = response.body().string();
      } catch (IOException | IllegalStateException _) {
        body = ""; // Only the status and headers matter then.
      }
      return new Reply(response.code(), response.headers(), Objects.requireNonNullElse(body, ""));
    }
  }
}
