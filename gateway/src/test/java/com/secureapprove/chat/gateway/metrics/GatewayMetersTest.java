package com.secureapprove.chat.gateway.metrics;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.TestBus;
import com.secureapprove.chat.testsupport.metrics.Exposition;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// The meters as operators see them. Dashboards and alert rules depend on their names.
@QuarkusTest
class GatewayMetersTest extends GatewayTest {
  @ConfigProperty(name = "quarkus.management.test-port")
  int port;

  @Inject TestBus bus;

  @Test
  void everyMeterHasHelpAndIsThereBeforeItsFirstEvent() {
    Exposition metrics = metrics();

    assertThat(metrics.types())
        .containsOnly(
            entry("chat_delivery_latency_seconds", "histogram"),
            entry("chat_delivery_latency_seconds_max", "gauge"),
            entry("chat_gateway_connections", "gauge"),
            entry("chat_gateway_connections_closed_total", "counter"),
            entry("chat_gateway_connections_opened_total", "counter"),
            entry("chat_gateway_connections_refused_total", "counter"),
            entry("chat_gateway_events_unreadable_total", "counter"),
            entry("chat_gateway_frames_delivered_total", "counter"),
            entry("chat_gateway_live_resyncs_total", "counter"),
            entry("chat_gateway_membership_questions_total", "counter"),
            entry("chat_gateway_part_calls_refused_total", "counter"),
            entry("chat_gateway_part_circuit", "gauge"),
            entry("chat_gateway_rate_limited_total", "counter"),
            entry("chat_gateway_rate_limits_local_total", "counter"),
            entry("chat_gateway_refusals_delayed_total", "counter"),
            entry("chat_gateway_resumes_total", "counter"),
            entry("chat_gateway_send_batch", "histogram"),
            entry("chat_gateway_send_batch_max", "gauge"),
            entry("chat_gateway_send_latency_seconds", "histogram"),
            entry("chat_gateway_send_latency_seconds_max", "gauge"),
            entry("chat_gateway_sends_total", "counter"),
            entry("chat_gateway_sign_in_failures_total", "counter"),
            entry("chat_gateway_tail_age_seconds", "gauge"),
            entry("chat_delivery_lag_seconds", "gauge"),
            entry("chat_gateway_tail_interruptions_total", "counter"));
    assertThat(metrics.help().keySet()).isEqualTo(metrics.types().keySet());
    assertThat(metrics.help().values()).allMatch(help -> help.length() > 10);
    assertThat(metrics.text().replace(",}", "}"))
        .contains("chat_gateway_connections_closed_total{cause=\"too_slow\"}")
        .contains("chat_gateway_rate_limited_total{limit=\"uploads\"}")
        .contains("chat_gateway_sign_in_failures_total{reason=\"issuer\"}")
        .contains("chat_gateway_sends_total{outcome=\"failed\"}")
        .contains("chat_delivery_latency_seconds_bucket{le=\"1.0\"}");
  }

  @Test
  void promtoolHasNoObjections() {
    metrics().objections().ifPresent(objections -> assertThat(objections).isEmpty());
  }

  @Test
  void requestsAreCountedInHistograms() {
    as("acme", "alice").get("/api/chat/me/").then().statusCode(200);

    assertThat(all()).contains("# TYPE http_server_requests_seconds histogram");
  }

  @Test
  void aDeliveryIsMeasuredFromTheCommitToTheWrite() {
    UUID conversation = services.conversation(1, "alice", "bob");
    double before = metrics().sum("chat_delivery_latency_seconds_count", "");
    try (Client bob = Client.connected("acme", "bob")) {
      bus.publish("acme", 1, TestBus.message(conversation, "hello", 1, null));
      bob.nextOf("message_created");

      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> metrics().sum("chat_delivery_latency_seconds_count", "") > before);
    }
    assertThat(metrics().sum("chat_gateway_tail_age_seconds", "")).isLessThan(30);
  }

  @Test
  void rejectedCredentialsAreCounted() {
    double before = metrics().sum("chat_gateway_sign_in_failures_total", "credentials");

    withToken(Client.token("acme", "alice") + "x").get("/api/chat/me/").then().statusCode(401);

    assertThat(metrics().sum("chat_gateway_sign_in_failures_total", "credentials"))
        .isEqualTo(before + 1);
  }

  private Exposition metrics() {
    return new Exposition(all());
  }

  private String all() {
    return anonymous()
        .header("Accept", "text/plain")
        .get("http://localhost:" + port + "/q/metrics")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }
}
