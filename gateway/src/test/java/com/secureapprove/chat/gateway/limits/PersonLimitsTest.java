package com.secureapprove.chat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// The limits on reads, frames and new connections of one person. Each test uses up those of
/// another person.
@QuarkusTest
@TestProfile(PersonLimitsTest.Low.class)
class PersonLimitsTest extends GatewayTest {
  private static final String ME = "/api/chat/me/";

  public static final class Low implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chat.limits.reads-per-second", "2",
          "chat.limits.frames-per-second", "20",
          "chat.limits.connections-per-minute", "4");
    }
  }

  @Test
  void readsAboveTheRateAreRefusedAndOthersAreServed() {
    for (int i = 0; i < 20; i++) {
      as("acme", "alice").get(ME).then().statusCode(200);
    }
    Response refused = untilRefused("alice", ME);
    refused.then().contentType("application/problem+json");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isEqualTo(1);
    assertThat(refused.jsonPath().getString("error")).startsWith("Too many requests");
    as("acme", "bob").get(ME).then().statusCode(200);
    Awaitility.await().untilAsserted(() -> as("acme", "alice").get(ME).then().statusCode(200));
  }

  @Test
  void aPersonWhoIgnoresRefusalsWaitsForThem() {
    boolean waited = false;
    for (int i = 0; i < 1_000 && !waited; i++) {
      Response response = as("globex", "dave").get(ME);
      waited = response.statusCode() == 429 && response.time() >= 1_000;
    }
    assertThat(waited).isTrue();
    assertThat(as("acme", "bob").get(ME).time()).isLessThan(1_000);
  }

  @Test
  void aWholeListCountsAsSeveralReads() {
    for (int i = 0; i < 4; i++) {
      as("acme", "carol").get("/api/chat/conversations/").then().statusCode(200);
    }
    untilRefused("carol", "/api/chat/conversations/").then().statusCode(429);
  }

  @Test
  void theFramesOfAllConnectionsOfAPersonAreCountedTogether() {
    try (Client first = Client.connected("acme", "bob");
        Client second = Client.connected("acme", "bob")) {
      first.flood("{\"type\":\"ping\"}", 25);
      second.flood("{\"type\":\"ping\"}", 25);
      Awaitility.await().until(() -> first.isClosed() || second.isClosed());
      assertThat(first.isClosed() ? first.closeCode() : second.closeCode()).isEqualTo(4429);
    }
  }

  @Test
  void aPersonOpensAFewConnectionsAMinuteWhileOthersConnect() {
    for (int i = 0; i < 4; i++) {
      Client.connected("acme", "alice").close();
    }
    try (Client fifth = Client.open(Client.builder(), "Bearer " + Client.token("acme", "alice"));
        Client other = Client.connected("acme", "carol")) {
      assertThat(fifth.closeCode()).isEqualTo(4429);
      other.nothingButPong();
    }
  }

  /// The bucket fills while requests are made.
  private static Response untilRefused(String person, String path) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> as("acme", person).get(path), response -> response.statusCode() == 429);
  }
}
