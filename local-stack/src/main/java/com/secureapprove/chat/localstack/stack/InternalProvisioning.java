package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.backing.DemoTenant;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;

/// Adds the demo people to the directories of an installation without known provisioning tokens, by
/// an internal call to presence-service. Idempotent.
///
/// @param presence the address of presence-service
/// @param keys the keys of internal tokens, including that of `local-stack`
public record InternalProvisioning(URI presence, InternalKeys keys) {

  private static final Duration RESPONDS_WITHIN = Duration.ofSeconds(20);

  /// Adds the people to the directories of all demo tenants.
  ///
  /// @param patience how long requests are repeated while presence-service is down
  /// @throws IOException if presence-service rejects a request, or is still down
  public void fill(Duration patience, Progress progress) throws IOException {
    try (RetryingClient client = new RetryingClient(patience, progress)) {
      for (DemoTenant tenant : DemoTenant.all()) {
        String directory = "the directory of " + tenant.name();
        HttpResponse<String> response = client.send(directory, request(tenant));
        if (response.statusCode() != 200) {
          throw new IOException(
              "%s responded with %d %s"
                  .formatted(directory, response.statusCode(), response.body()));
        }
      }
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
        .timeout(RESPONDS_WITHIN)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString(JsonUtil.toJson(Map.of("people", people))))
        .build();
  }
}
