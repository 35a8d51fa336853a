package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.backing.DemoTenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;

/// Adds the demo people to the directories of their tenants by SCIM at the gateway, like an
/// identity provider. So they can be found before their first sign-in. Existing people stay
/// unchanged.
///
/// @param gateway the gateway's address
/// @param tokens the provisioning tokens, by tenant
record ScimProvisioning(URI gateway, Map<String, String> tokens) {

  private static final Duration RESPONDS_WITHIN = Duration.ofSeconds(20);
  private static final int EXISTS = 409;

  ScimProvisioning {
    tokens = Map.copyOf(tokens);
  }

  /// Adds all demo people.
  ///
  /// @param patience how long requests are repeated while the gateway or the directory is down
  /// @throws IOException if the gateway refuses a person, or is still down
  void fill(Duration patience, Progress progress) throws IOException {
    try (RetryingClient client = new RetryingClient(patience, progress)) {
      for (DemoTenant tenant : DemoTenant.all()) {
        for (DemoTenant.Person person : tenant.people()) {
          String directory = "the directory of " + tenant.name();
          HttpResponse<String> response = client.send(directory, request(tenant, person));
          if (response.statusCode() >= 300 && response.statusCode() != EXISTS) {
            throw new IOException(
                "%s responded with %d %s"
                    .formatted(directory, response.statusCode(), response.body()));
          }
        }
      }
    }
  }

  private HttpRequest request(DemoTenant tenant, DemoTenant.Person person) {
    Map<String, Object> user =
        Map.of(
            "schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:User"),
            "externalId", person.userName(),
            "userName", person.userName(),
            "displayName", person.name(),
            "emails", List.of(Map.of("value", person.email(), "type", "work", "primary", true)),
            "active", true);
    return HttpRequest.newBuilder(gateway.resolve("/scim/v2/Users"))
        .timeout(RESPONDS_WITHIN)
        .header("Authorization", "Bearer " + tokens.get(tenant.name()))
        .header("Content-Type", "application/scim+json")
        .POST(BodyPublishers.ofString(JsonUtil.toJson(user)))
        .build();
  }
}
