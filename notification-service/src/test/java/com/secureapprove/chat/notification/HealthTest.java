package com.secureapprove.chat.notification;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class HealthTest {
  @ConfigProperty(name = "quarkus.management.test-port")
  int port;

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "started"})
  void probesAreServedOnTheManagementPort(String probe) {
    given()
        .port(port)
        .get("/q/health/" + probe)
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"));
  }
}
