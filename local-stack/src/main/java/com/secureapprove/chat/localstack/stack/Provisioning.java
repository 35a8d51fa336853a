package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.backing.DemoTenant;
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

/// Adds the demo people to the directories of their tenants by SCIM at the gateway, like an
/// identity provider. So they can be found before their first sign-in. Existing people stay
/// unchanged.
///
/// @param gateway the gateway's address
/// @param tokens the provisioning tokens, by tenant
record Provisioning(URI gateway, Map<String, String> tokens) {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);
  private static final int TAKEN = 409;

  Provisioning {
    tokens = Map.copyOf(tokens);
  }

  /// Adds all demo people.
  ///
  /// @throws IOException if the gateway does not answer or refuses a person
  void fill() throws IOException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (DemoTenant tenant : DemoTenant.all()) {
        for (DemoTenant.Person person : tenant.people()) {
          HttpResponse<String> answer = http.send(request(tenant, person), BodyHandlers.ofString());
          if (answer.statusCode() >= 300 && answer.statusCode() != TAKEN) {
            throw new IOException(
                "the directory of %s responded with %d %s"
                    .formatted(tenant.name(), answer.statusCode(), answer.body()));
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while filling the directories");
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
        .timeout(ANSWERS_WITHIN)
        .header("Authorization", "Bearer " + tokens.get(tenant.name()))
        .header("Content-Type", "application/scim+json")
        .POST(BodyPublishers.ofString(JsonUtil.toJson(user)))
        .build();
  }
}
