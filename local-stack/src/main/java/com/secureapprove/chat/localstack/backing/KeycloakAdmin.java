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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/// Requests to Keycloak's admin API.
final class KeycloakAdmin {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

  private final URI keycloak;
  private final String token;

  KeycloakAdmin(URI keycloak, String password) {
    this.keycloak = keycloak;
    this.token = TokenRequest.administrator(keycloak + "/realms/master", password);
  }

  /// Sets a realm's back-channel logout address.
  void announceLogouts(String realm, String url) {
    Map<String, Object> client = one("/clients?clientId=chat-gateway", realm);
    Map<String, Object> attributes = new HashMap<>();
    if (client.get("attributes") instanceof Map<?, ?> known) {
      known.forEach((name, value) -> attributes.put(name.toString(), value));
    }
    attributes.put("backchannel.logout.url", url);
    attributes.put("backchannel.logout.session.required", "true");
    client.put("attributes", attributes);
    send(realm, "PUT", "/clients/" + client.get("id"), JsonUtil.toJson(client));
  }

  /// Ends all sessions of a person.
  void endSessions(String realm, String userName) {
    Map<String, Object> user =
        one(
            "/users?exact=true&username=" + URLEncoder.encode(userName, StandardCharsets.UTF_8),
            realm);
    send(realm, "POST", "/users/" + user.get("id") + "/logout", "");
  }

  private Map<String, Object> one(String path, String realm) {
    try {
      Object all = JsonUtil.parseJson("{\"all\":" + send(realm, "GET", path, "") + "}").get("all");
      if (all instanceof List<?> list && list.getFirst() instanceof Map<?, ?> found) {
        Map<String, Object> one = new HashMap<>();
        found.forEach((name, value) -> one.put(name.toString(), value));
        return one;
      }
      throw new IllegalStateException("Keycloak has no match for " + path);
    } catch (JoseException problem) {
      throw new IllegalStateException("Keycloak did not respond with JSON", problem);
    }
  }

  private String send(String realm, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(keycloak + "/admin/realms/" + realm + path))
            .timeout(ANSWERS_WITHIN)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "Keycloak responded to %s %s with %d".formatted(method, path, answer.statusCode()));
      }
      return answer.body();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Keycloak", interruption);
    }
  }
}
