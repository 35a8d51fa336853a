package com.secureapprove.chat.gateway.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// A wrong configuration is not ready and says why, in few log lines.
@QuarkusTest
@QuarkusTestResource(value = WrongConfiguration.class, restrictToAnnotatedClass = true)
@TestProfile(WrongConfigurationTest.OwnProfile.class)
class WrongConfigurationTest {
  @ConfigProperty(name = "quarkus.management.test-port")
  int port;

  @ConfigProperty(name = WrongConfiguration.LOG)
  Path log;

  public static final class OwnProfile implements QuarkusTestProfile {}

  @Test
  void isAliveButNotReadyAndNamesEachReason() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            RestAssured.given()
                .port(port)
                .get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'dependencies' }.status", equalTo("DOWN"))
                .body(
                    "checks.find { it.name == 'dependencies' }.data.redis",
                    containsString("WRONGPASS"))
                .body(
                    "checks.find { it.name == 'dependencies' }.data.issuers",
                    containsString("status 404")));
    RestAssured.given().port(port).get("/q/health/live").then().statusCode(200);
  }

  @Test
  void logsOneLineForEachReasonAndNoMoreWhileNothingChanges() throws IOException {
    await().atMost(Duration.ofSeconds(20)).until(() -> lines("dependency_not_ready").size() == 2);
    await()
        .during(Duration.ofSeconds(6))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          assertThat(lines("dependency_not_ready")).hasSize(2);
          assertThat(lines("dependency_unavailable dependency=redis")).hasSize(1);
          assertThat(lines(" WARN ", " ERROR ")).hasSizeLessThan(10);
        });
    assertThat(lines("dependency_not_ready"))
        .anyMatch(line -> line.contains("dependency=redis reason=WRONGPASS"))
        .anyMatch(line -> line.contains("dependency=issuers reason=no issuer answers"));
    assertThat(lines("reason=null")).isEmpty();
  }

  private List<String> lines(String... texts) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> List.of(texts).stream().anyMatch(line::contains))
        .toList();
  }
}
