package com.secureapprove.chat.systemtests.suite;

import com.secureapprove.chat.systemtests.contract.RestContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The HTTP client of all tests, without cookies and redirects. Every answer of the gateway is
/// checked against the contract.
final class Http implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RestContract contract;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  Http(RestContract contract) {
    this.contract = contract;
  }

  Answer send(HttpRequest.Builder request) {
    HttpRequest built = request.timeout(PATIENCE).build();
    try {
      HttpResponse<byte[]> answer = client.send(built, BodyHandlers.ofByteArray());
      contract.check(answer);
      requireNoToken(built, answer);
      return Answer.of(answer);
    } catch (IOException problem) {
      throw new UncheckedIOException(built.method() + " " + built.uri(), problem);
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(problem);
    }
  }

  /// No error response repeats the credentials of its request.
  private static void requireNoToken(HttpRequest request, HttpResponse<byte[]> answer) {
    String token = request.headers().firstValue("Authorization").orElse("").replace("Bearer ", "");
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    if (answer.statusCode() >= 400 && token.length() > 20 && body.contains(token)) {
      throw new AssertionError("a response contains the token of its request: " + request.uri());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
