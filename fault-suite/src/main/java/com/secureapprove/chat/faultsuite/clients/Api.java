package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One person's calls to the gateways, each to any of them.
public final class Api {

  /// Longer than any call may take at the gateway.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "file-follows";

  private final HttpClient http;
  private final Doors doors;
  private final Supplier<String> tokens;
  private final Random random;
  private final Answers answers;
  private volatile String token;

  /// @param tokens creates a fresh access token
  /// @param answers records each answer
  public Api(HttpClient http, Doors doors, Supplier<String> tokens, long seed, Answers answers) {
    this.answers = answers;
    this.http = http;
    this.doors = doors;
    this.tokens = tokens;
    this.random = new Random(seed);
    this.token = tokens.get();
  }

  /// The client for a run: HTTP/1.1, as sockets are cut under it.
  public static HttpClient newClient() {
    return HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  }

  /// An answer, or that there was none.
  ///
  /// @param status 0 where there was no answer
  public record Answer(int status, byte[] body) {

    /// Whether it was done.
    public boolean isDone() {
      return status / 100 == 2;
    }

    /// Whether it may be done later, or may even have been done. A token that has ended is renewed
    /// by the time of the next call.
    public boolean isUncertain() {
      return status == 0 || status == 401 || status == 429 || status >= 500;
    }

    /// The body.
    public JsonNode json() {
      return read(new String(body, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return status + " " + new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /// Sends a GET request below `/api/chat/`.
  public Answer get(String path) {
    return call("GET", path, "application/json", BodyPublishers.noBody());
  }

  /// Says something, as JSON.
  public Answer post(String path, Map<String, ?> body) {
    return call("POST", path, "application/json", BodyPublishers.ofString(write(body)));
  }

  /// Changes something, as JSON.
  public Answer patch(String path, Map<String, ?> body) {
    return call("PATCH", path, "application/json", BodyPublishers.ofString(write(body)));
  }

  /// Uploads a text file.
  public Answer upload(String filename, String text) {
    String form =
        """
        --%1$s\r
        Content-Disposition: form-data; name="file"; filename="%2$s"\r
        Content-Type: text/plain\r
        \r
        %3$s\r
        --%1$s--\r
        """
            .formatted(BOUNDARY, filename, text);
    return call(
        "POST",
        "attachments/",
        "multipart/form-data; boundary=" + BOUNDARY,
        BodyPublishers.ofString(form));
  }

  /// The access token in use.
  String token() {
    return token;
  }

  /// The one in use has ended.
  void renew() {
    token = tokens.get();
  }

  static String write(Map<String, ?> value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException problem) {
      throw new IllegalArgumentException(problem);
    }
  }

  static JsonNode read(String text) {
    try {
      @Nullable JsonNode node = JSON.readTree(text);
      return node == null ? JSON.nullNode() : node;
    } catch (IOException problem) {
      throw new IllegalStateException("not JSON: " + text, problem);
    }
  }

  private Answer call(String method, String path, String type, BodyPublisher body) {
    URI door;
    synchronized (random) {
      door = doors.any(random);
    }
    String used = token;
    HttpRequest request =
        HttpRequest.newBuilder(door.resolve("/api/chat/" + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + used)
            .header("Content-Type", type)
            .method(method, body)
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      Answer answer = new Answer(response.statusCode(), response.body());
      boolean toldWhen = response.headers().firstValue("Retry-After").isPresent();
      answers.answered(method + " " + kind(path), answer, used, toldWhen);
      if (answer.status() == 401) {
        renew();
      }
      return answer;
    } catch (IOException _) {
      return new Answer(0, new byte[0]);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /// Without ids and numbers, so that the same trouble counts as the same.
  private static String kind(String path) {
    return path.replaceAll("\\?.*", "").replaceAll("[0-9a-f-]{36}", "…");
  }
}
