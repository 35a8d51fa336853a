package com.secureapprove.chat.systemtests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;

/// One client for all that tests ask, without cookies and without following redirects.
final class Http implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  Answer send(HttpRequest.Builder request) {
    HttpRequest built = request.timeout(PATIENCE).build();
    try {
      return Answer.of(client.send(built, BodyHandlers.ofByteArray()));
    } catch (IOException problem) {
      throw new UncheckedIOException(built.method() + " " + built.uri(), problem);
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(problem);
    }
  }

  WebSocket.Builder webSocket() {
    return client.newWebSocketBuilder().connectTimeout(PATIENCE);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
