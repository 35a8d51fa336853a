package com.secureapprove.chat.presence.readiness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Wrong passwords are not ready. The service says which, in few log lines.
@QuarkusTest
@QuarkusTestResource(value = WrongPasswords.class, restrictToAnnotatedClass = true)
@TestProfile(WrongPasswordsTest.OwnProfile.class)
class WrongPasswordsTest {
  @ConfigProperty(name = "quarkus.management.test-port")
  int port;

  @ConfigProperty(name = WrongPasswords.LOG)
  Path log;

  public static final class OwnProfile implements QuarkusTestProfile {}

  @Test
  void isAliveButNotReadyAndNamesEachReason() {
    String dependencies = "checks.find { it.name == 'dependencies' }.";
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            given()
                .port(port)
                .get("/q/health/ready")
                .then()
                .statusCode(503)
                .body(dependencies + "status", equalTo("DOWN"))
                .body(dependencies + "data.redis", containsString("WRONGPASS"))
                .body(
                    dependencies + "data.database",
                    containsString("password authentication failed")));
    given().port(port).get("/q/health/live").then().statusCode(200);
  }

  @Test
  void logsOneLineForEachReasonAndNoMoreWhileNothingChanges() throws IOException {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            lines("dependency_not_ready").size() == 2
                && lines("dependency_unavailable dependency=database").size() == 1);
    await()
        .during(Duration.ofSeconds(6))
        .atMost(Duration.ofSeconds(12))
        .untilAsserted(() -> {
          assertThat(lines("dependency_not_ready")).hasSize(2);
          assertThat(lines("dependency_unavailable dependency=redis")).hasSize(1);
          assertThat(lines("dependency_unavailable dependency=database")).hasSize(1);
        });
    assertThat(lines(" WARN ", " ERROR ")).hasSizeLessThan(12);
    assertThat(lines("reason=null", "reason= ")).isEmpty();
  }

  private List<String> lines(String... texts) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> Stream.of(texts).anyMatch(line::contains))
        .toList();
  }
}
