package com.secureapprove.chat.systemtests.chaos.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One WebSocket of a device, from its opening to its end.
final class Line {

  private static final Duration OPENS_WITHIN = Duration.ofSeconds(10);
  private static final Duration SENDS_WITHIN = Duration.ofSeconds(10);

  private final String token;
  private final Answers answers;
  private final Consumer<JsonNode> onFrame;
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  private Line(String token, Answers answers, Consumer<JsonNode> onFrame) {
    this.token = token;
    this.answers = answers;
    this.onFrame = onFrame;
  }

  /// Opens a WebSocket; nothing where that does not succeed.
  ///
  /// @param lastEventId where the device stood, if it knows
  /// @param answers is told how it is refused or closed
  static @Nullable Line open(
      HttpClient http,
      URI door,
      String token,
      @Nullable String lastEventId,
      Answers answers,
      Consumer<JsonNode> onFrame) {
    String query =
        lastEventId == null
            ? ""
            : "?last_event_id=" + URLEncoder.encode(lastEventId, StandardCharsets.UTF_8);
    URI address = URI.create("ws://%s/ws/chat/%s".formatted(door.getAuthority(), query));
    Line line = new Line(token, answers, onFrame);
    CompletableFuture<WebSocket> opening =
        http.newWebSocketBuilder()
            .connectTimeout(OPENS_WITHIN)
            .header("Authorization", "Bearer " + token)
            .buildAsync(address, line.new Listener());
    try {
      line.socket = opening.get(OPENS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      return line;
    } catch (ExecutionException problem) {
      if (problem.getCause() instanceof WebSocketHandshakeException refusal) {
        answers.refusedUpgrade(refusal.getResponse().statusCode());
      }
      return null;
    } catch (TimeoutException _) {
      opening.whenComplete((late, _) -> {
        if (late != null) {
          late.abort();
        }
      });
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /// Sends a frame, if the line still stands.
  void send(Map<String, ?> frame) {
    WebSocket open = socket;
    if (open == null || isClosed()) {
      return;
    }
    try {
      open.sendText(Api.write(frame), true).get(SENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      drop();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /// Passes a frame on, unless the device has given up this line: it may stand on another by now.
  private synchronized void hear(JsonNode frame) {
    if (!isClosed()) {
      onFrame.accept(frame);
    }
  }

  /// Ends it without a word; when this returns nothing more is heard.
  synchronized void drop() {
    closed.complete(0);
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  boolean isClosed() {
    return closed.isDone();
  }

  /// The code with which the gateway closed it; 0 where it was cut.
  int closeCode() {
    return closed.getNow(0);
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        hear(Api.read(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      if (closed.complete(code)) {
        answers.closed(code, token);
      }
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable problem) {
      // whatever else it is, the line was cut: the JDK's client has an InternalError of its own for
      // an end that comes while it has not asked for more
      if (problem instanceof ProtocolException || problem instanceof RuntimeException) {
        answers.wrong("a frame that is not understood: " + problem);
      }
      closed.complete(0);
    }
  }
}
