package com.secureapprove.chat.message;

import static io.restassured.RestAssured.given;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.testsupport.metrics.Exposition;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// The meters of a service as operators see them.
@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class EventMetersTest {
  @ConfigProperty(name = "quarkus.management.test-port")
  int port;

  @Test
  void everyMeterHasHelpAndIsThereBeforeItsFirstEvent() {
    Exposition metrics = new Exposition(all());

    assertThat(metrics.types())
        .containsOnly(
            entry("chat_events_acknowledged_total", "counter"),
            entry("chat_events_dead_lettered_total", "counter"),
            entry("chat_events_lag_seconds", "gauge"),
            entry("chat_events_pending", "gauge"),
            entry("chat_events_repeated_total", "counter"),
            entry("chat_events_unread", "gauge"),
            entry("chat_outbox_lag_seconds", "gauge"),
            entry("chat_outbox_leases", "gauge"));
    assertThat(metrics.help().keySet()).isEqualTo(metrics.types().keySet());
    assertThat(metrics.help().values()).allMatch(help -> help.length() > 10);
    metrics.objections().ifPresent(objections -> assertThat(objections).isEmpty());
  }

  @Test
  void theOnlyReplicaRelaysEveryShard() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> new Exposition(all()).sum("chat_outbox_leases", "") == 8);
  }

  @Test
  void thePoolOfConnectionsIsMeasured() {
    assertThat(all()).contains("agroal_active_count", "agroal_awaiting_count");
  }

  private String all() {
    return given()
        .header("Accept", "text/plain")
        .get("http://localhost:" + port + "/q/metrics")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }
}
