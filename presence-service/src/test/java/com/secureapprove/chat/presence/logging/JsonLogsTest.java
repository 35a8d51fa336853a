package com.secureapprove.chat.presence.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.presence.PresenceCalls;
import com.secureapprove.chat.presence.PresenceStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// A log line as a JSON object leads from a problem's trace id to its cause.
@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
@TestProfile(JsonLogsTest.ToAFile.class)
class JsonLogsTest {
  @ConfigProperty(name = "quarkus.log.file.path")
  Path log;

  @Inject ObjectMapper json;

  public static final class ToAFile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      String name = "json-logs-" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE) + ".log";
      return Map.of(
          "quarkus.log.file.enabled",
          "true",
          "quarkus.log.file.json.enabled",
          "true",
          "quarkus.log.file.path",
          Path.of("target", name).toAbsolutePath().toString());
    }
  }

  @Test
  void aLineOfARequestNamesComponentTraceAndTenant() throws IOException {
    byte[] random = new byte[16];
    ThreadLocalRandom.current().nextBytes(random);
    String trace = HexFormat.of().formatHex(random);

    PresenceCalls.by("gateway", "acme")
        .header("X-Request-Id", trace)
        .body(Map.of("issuer", "https://issuer.test/acme", "subject", "x", "email_verified", false))
        .post("/internal/sign-ins")
        .then()
        .statusCode(403);

    await().atMost(Duration.ofSeconds(5)).until(() -> line(trace).isPresent());
    JsonNode line = line(trace).orElseThrow();
    assertThat(line.path("message").asText()).startsWith("sign_in_refused");
    assertThat(line.path("component").asText()).isEqualTo("presence");
    assertThat(line.at("/mdc/trace_id").asText()).isEqualTo(trace);
    assertThat(line.at("/mdc/tenant").asText()).isEqualTo("acme");
  }

  private Optional<JsonNode> line(String trace) throws IOException {
    List<String> lines = Files.readAllLines(log);
    Optional<String> found = lines.stream().filter(line -> line.contains(trace)).findFirst();
    return found.isPresent() ? Optional.of(json.readTree(found.get())) : Optional.empty();
  }
}
