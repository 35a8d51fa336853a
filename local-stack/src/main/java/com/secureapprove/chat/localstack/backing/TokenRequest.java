package com.secureapprove.chat.localstack.backing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/// Requests access tokens from an issuer directly, without a browser.
final class TokenRequest {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

  private TokenRequest() {}

  static String password(String issuer, String userName, String password) {
    return send(
        issuer,
        Map.of(
            "grant_type", "password",
            "client_id", "chat-cli",
            "scope", "openid",
            "username", userName,
            "password", password));
  }

  static String administrator(String issuer, String password) {
    return send(
        issuer,
        Map.of(
            "grant_type", "password",
            "client_id", "admin-cli",
            "username", "admin",
            "password", password));
  }

  static String clientCredentials(String issuer, String client, String secret) {
    return send(
        issuer,
        Map.of(
            "grant_type", "client_credentials",
            "client_id", client,
            "client_secret", secret));
  }

  private static String send(String issuer, Map<String, String> form) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
            .timeout(ANSWERS_WITHIN)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      Map<String, Object> answer = JsonUtil.parseJson(response.body());
      if (answer.get("access_token") instanceof String token) {
        return token;
      }
      throw new IllegalArgumentException(
          "%s issued no token: %s".formatted(issuer, answer.get("error_description")));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (JoseException problem) {
      throw new IllegalStateException(issuer + " did not respond with JSON", problem);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while requesting a token", interruption);
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
