package com.secureapprove.chat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// An upstream that accepts connections but does not respond, like a process that was stopped.
@QuarkusTest
@TestProfile(HangingUpstreamTest.Impatient.class)
class HangingUpstreamTest extends GatewayTest {
  private static final String LIST = "/api/chat/conversations/";
  private static final int CALLS = 40;

  public static final class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chat.calls.forwarded-within", "2s",
          "chat.calls.pause", "1s",
          // on a slow machine calls would be refused while they wait, before the circuit opens
          "chat.calls.waiting-within", "30s");
    }
  }

  @Test
  void callsToAHangingUpstreamFailFastAndRecoverWithoutAffectingOthers() throws Exception {
    as("acme", "alice").get(LIST).then().statusCode(200);
    String history = LIST + UUID.randomUUID() + "/messages/";
    services.hang("/api/chat/conversations?"); // the list of conversations, at conversation-service
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> hanging =
          IntStream.range(0, CALLS)
              .mapToObj(_ -> threads.submit(() -> as("acme", "alice").get(LIST + "?limit=5")))
              .toList();
      services.awaitCall("/api/chat/conversations?");
      // calls to another upstream are not affected
      assertThat(timeOf(history, 200)).isLessThan(Duration.ofMillis(1_500));
      for (Future<Response> call : hanging) {
        call.get().then().statusCode(503).header("Retry-After", "2");
      }
    }
    // the circuit breaker is open: calls fail immediately
    assertThat(failsImmediately()).isTrue();
    assertThat(circuit()).isNotEqualTo("0.0");
    assertThat(timeOf(history, 200)).isLessThan(Duration.ofMillis(1_500));

    services.goOn();
    Awaitility.await().until(() -> as("acme", "alice").get(LIST + "?limit=5").statusCode() == 200);
    Awaitility.await()
        .until(() ->
            as("acme", "alice").get(LIST + "?limit=5").statusCode() == 200
                && circuit().equals("0.0"));
  }

  @Test
  void refusalsDoNotOpenTheCircuitBreaker() {
    services.refuse("/api/chat/conversations?");
    for (int i = 0; i < CALLS; i++) {
      as("acme", "alice").get(LIST + "?limit=5").then().statusCode(503);
    }
    assertThat(circuit()).isEqualTo("0.0");
  }

  @Test
  void aConnectionStaysUsableWhileItsSendWaitsForAHangingUpstream() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client alice = Client.connected("acme", "alice")) {
      services.hang("/internal/messages");
      alice.say(
          "{\"type\":\"send\",\"conversation_id\":\"%s\",\"content\":\"x\",\"client_message_id\":\"k\"}"
              .formatted(conversation));
      alice.nothingButPong();
      services.goOn();
      assertThat(alice.nextOf("ack").path("client_message_id").asText()).isEqualTo("k");
    }
  }

  private static Duration timeOf(String path, int status) {
    long start = System.nanoTime();
    as("acme", "alice").get(path).then().statusCode(status);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /// At most one of three calls is the circuit breaker's trial call, which waits.
  private static boolean failsImmediately() {
    return Stream.generate(() -> timeOf(LIST + "?limit=5", 503))
        .limit(3)
        .anyMatch(time -> time.compareTo(Duration.ofMillis(1_000)) < 0);
  }

  private static String circuit() {
    String port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", String.class);
    return anonymous()
        .get("http://localhost:" + port + "/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("chat_gateway_part_circuit{"))
        .filter(line -> line.contains("kind=\"forwarded\"") && line.contains("conversation"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("");
  }
}
