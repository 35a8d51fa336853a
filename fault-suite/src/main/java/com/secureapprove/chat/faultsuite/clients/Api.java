package com.secureapprove.chat.faultsuite.clients;

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

/// REST client of one person. It sends each request to a random gateway.
public final class Api {

  /// Longer than the time limits of the gateway.
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final String BOUNDARY = "file-follows";

  private final HttpClient http;
  private final Endpoints endpoints;
  private final Supplier<String> tokens;
  private final Random random;
  private final ResponseChecker responses;
  private volatile String token;

  /// @param tokens creates a fresh access token
  /// @param responses records each response
  public Api(
      HttpClient http,
      Endpoints endpoints,
      Supplier<String> tokens,
      long seed,
      ResponseChecker responses) {
    this.responses = responses;
    this.http = http;
    this.endpoints = endpoints;
    this.tokens = tokens;
    this.random = new Random(seed);
    this.token = tokens.get();
  }

  /// The HTTP client for a run. HTTP/1.1, because proxies cut its connections.
  public static HttpClient newClient() {
    return HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  }

  /// Sends a GET request below `/api/chat/`.
  public ApiResponse get(String path) {
    return call("GET", path, "application/json", BodyPublishers.noBody());
  }

  /// Sends a POST request with a JSON body.
  public ApiResponse post(String path, Map<String, ?> body) {
    return call("POST", path, "application/json", BodyPublishers.ofString(ClientJson.write(body)));
  }

  /// Sends a PATCH request with a JSON body.
  public ApiResponse patch(String path, Map<String, ?> body) {
    return call("PATCH", path, "application/json", BodyPublishers.ofString(ClientJson.write(body)));
  }

  /// Uploads a text file.
  public ApiResponse upload(String filename, String text) {
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

  /// Replaces an expired token.
  void renew() {
    token = tokens.get();
  }

  private ApiResponse call(String method, String path, String type, BodyPublisher body) {
    URI endpoint;
    synchronized (random) {
      endpoint = endpoints.any(random);
    }
    String used = token;
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve("/api/chat/" + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + used)
            .header("Content-Type", type)
            .method(method, body)
            .build();
    try {
      HttpResponse<byte[]> received = http.send(request, BodyHandlers.ofByteArray());
      ApiResponse response = new ApiResponse(received.statusCode(), received.body());
      boolean hasRetryAfter = received.headers().firstValue("Retry-After").isPresent();
      responses.response(method + " " + kind(path), response, used, hasRetryAfter);
      if (response.status() == 401) {
        renew();
      }
      return response;
    } catch (IOException _) {
      return new ApiResponse(0, new byte[0]);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /// The path without ids and numbers, so that equal violations are counted together.
  private static String kind(String path) {
    return path.replaceAll("\\?.*", "").replaceAll("[0-9a-f-]{36}", "…");
  }
}
