package com.secureapprove.chat.benchmark.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A person who remembers the last event, and resumes from it after a lost connection. Records
/// which messages arrived.
public final class ResumingPerson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String token;
  private final Set<String> messages = ConcurrentHashMap.newKeySet();
  private final AtomicInteger repeated = new AtomicInteger();
  private volatile @Nullable WebSocket socket;
  private volatile String lastEvent = "";
  private volatile boolean isToldToReload;

  /// @param token the access token
  public ResumingPerson(String token) {
    this.token = token;
  }

  /// Opens a connection, from the last event if there was one. Completes with `connected`.
  public Future<ResumingPerson> connect(WebSocketClient client, URI gateway) {
    Promise<ResumingPerson> connected = Promise.promise();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(gateway.getHost())
            .setPort(gateway.getPort())
            .setURI(lastEvent.isEmpty() ? "/ws/chat/" : "/ws/chat/?last_event_id=" + lastEvent)
            .setAllowOriginHeader(false)
            .addHeader("Authorization", "Bearer " + token);
    client
        .connect(options)
        .onSuccess(opened -> {
          socket = opened;
          opened.textMessageHandler(text -> frame(text, connected));
          opened.closeHandler(
              _ -> connected.tryFail(new IOException("closed with " + opened.closeStatusCode())));
        })
        .onFailure(connected::tryFail);
    return connected.future();
  }

  private void frame(String text, Promise<ResumingPerson> connected) {
    JsonNode frame;
    try {
      frame = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      connected.tryFail(e);
      return;
    }
    if (frame.hasNonNull("event_id")) {
      lastEvent = frame.path("event_id").asText();
    }
    switch (frame.path("type").asText()) {
      case "connected" -> connected.tryComplete(this);
      case "resync" -> isToldToReload = true;
      case "message_created" -> {
        if (!messages.add(frame.path("message").path("id").asText())) {
          repeated.incrementAndGet();
        }
      }
      default -> {}
    }
  }

  /// Closes the connection.
  public void drop() {
    WebSocket open = socket;
    if (open != null) {
      open.close();
    }
  }

  /// The ids of the messages that arrived.
  public Set<String> messages() {
    return messages;
  }

  /// How many messages arrived more than once.
  public int repeated() {
    return repeated.get();
  }

  /// Whether the gateway answered `resync` instead of replaying.
  public boolean isToldToReload() {
    return isToldToReload;
  }
}
