package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jose4j.json.JsonUtil;

/// Adds the demo people to the directories of an installation without known provisioning tokens, by
/// an internal call to presence-service. Idempotent.
///
/// @param presence the address of presence-service
/// @param keys the keys of internal tokens, including that of `local-stack`
public record Directory(URI presence, InternalKeys keys) {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

  /// Adds the people to the directories of all demo tenants.
  ///
  /// @throws IOException if presence-service does not respond or rejects the request
  public void fill() throws IOException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (DemoTenant tenant : DemoTenant.all()) {
        HttpResponse<String> answer = http.send(request(tenant), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new IOException(
              "the directory of %s responded with %d %s"
                  .formatted(tenant.name(), answer.statusCode(), answer.body()));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while filling the directories");
    }
  }

  private HttpRequest request(DemoTenant tenant) {
    List<Map<String, Object>> people =
        tenant.people().stream()
            .map(person ->
                Map.<String, Object>of(
                    "external_id", person.userName(),
                    "user_name", person.userName(),
                    "name", person.name(),
                    "email", person.email(),
                    "active", true))
            .toList();
    String token = keys.token("local-stack", Component.PRESENCE.label(), tenant.name(), null);
    return HttpRequest.newBuilder(presence.resolve("/internal/people"))
        .timeout(ANSWERS_WITHIN)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString(JsonUtil.toJson(Map.of("people", people))))
        .build();
  }
}
