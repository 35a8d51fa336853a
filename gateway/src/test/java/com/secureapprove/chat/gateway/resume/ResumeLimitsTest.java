package com.secureapprove.chat.gateway.resume;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.TestBus;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A person whose connections resume again and again from a position that is no longer in the
/// memory of the gateway.
@QuarkusTest
@TestProfile(ResumeLimitsTest.FewReads.class)
class ResumeLimitsTest extends GatewayTest {
  private static final int MISSED = 200;
  private static final int READS_PER_MINUTE = 40;

  public static final class FewReads implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chat.limits.missed-event-reads-per-minute", Integer.toString(READS_PER_MINUTE));
    }
  }

  @Inject TestBus bus;

  @Test
  void readsOfMissedEventsAreLimitedForEachPerson() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position;
    try (Client bob = Client.connected("acme", "bob")) {
      bus.publish("acme", 1, TestBus.message(conversation, "first", 1, null));
      position = bob.nextOf("message_created").path("event_id").asText();
    }
    for (int i = 0; i < MISSED; i++) {
      bus.publish("acme", 1, TestBus.message(conversation, Integer.toString(i), 1, null));
    }
    assertThat(first("bob", position)).isEqualTo("message_created");

    int resumed = 1;
    while (resumed < READS_PER_MINUTE && first("bob", position).equals("message_created")) {
      resumed++;
    }
    assertThat(resumed).isLessThan(READS_PER_MINUTE);
    assertThat(first("alice", position)).isEqualTo("message_created");
  }

  /// The type of the first frame after the greeting of a resumed connection.
  private static String first(String person, String position) {
    try (Client client = Client.resumed("acme", person, position)) {
      client.nextOf("connected");
      return client.next().path("type").asText();
    }
  }
}
