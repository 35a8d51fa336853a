package com.secureapprove.chat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// One person calls an upstream that does not respond to them, more often than their share allows.
@QuarkusTest
@TestProfile(FairSharesTest.Patient.class)
class FairSharesTest extends GatewayTest {
  private static final String LIST = "/api/chat/conversations/";
  private static final int FLOOD = 300;
  private static final int PERMITS_OF_A_PERSON = 16;
  private static final int WAITING_OF_A_PERSON = 100;

  public static final class Patient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("chat.calls.forwarded-within", "60s", "chat.calls.waiting-within", "60s");
    }
  }

  @Test
  void theReadsOfOthersAreServedAndTheFloodGets429() throws Exception {
    as("acme", "alice").get(LIST).then().statusCode(200);
    services.hang("/api/chat/conversations?flood");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> flood = new ArrayList<>();
      for (int i = 0; i < FLOOD; i++) {
        flood.add(threads.submit(() -> as("acme", "alice").get(LIST + "?flood")));
      }
      int refused = FLOOD - PERMITS_OF_A_PERSON - WAITING_OF_A_PERSON;
      await().until(() -> flood.stream().filter(Future::isDone).count() == refused);
      assertThat(services.calls("/api/chat/conversations?flood")).hasSize(PERMITS_OF_A_PERSON);
      as("acme", "bob").get(LIST + "?limit=5").then().statusCode(200);
      as("globex", "dave").get(LIST + "?limit=5").then().statusCode(200);

      services.goOn();
      for (Future<Response> call : flood) {
        Response response = call.get();
        assertThat(response.statusCode()).isIn(200, 429);
        if (response.statusCode() == 429) {
          response.then().header("Retry-After", "2").contentType("application/problem+json");
        }
      }
    }
    as("acme", "alice").get(LIST).then().statusCode(200);
  }

  @Test
  void sendsOfOthersAreStoredWhilePositionsOfOnePersonHang() {
    UUID conversation = services.conversation(1, "alice", "bob");
    services.hang("/api/chat/conversations/" + conversation + "/mark_read");
    services.hang("/internal/conversations/" + conversation + "/delivered");
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob")) {
      for (int i = 0; i < 150; i++) {
        alice.say(
            "{\"type\":\"mark_read\",\"conversation_id\":\"%s\",\"up_to\":\"%s\"}"
                .formatted(conversation, UUID.randomUUID()));
      }
      services.awaitCall("/api/chat/conversations/" + conversation + "/mark_read");
      bob.say(
          "{\"type\":\"send\",\"conversation_id\":\"%s\",\"content\":\"x\",\"client_message_id\":\"k\"}"
              .formatted(conversation));
      assertThat(bob.nextOf("ack").path("client_message_id").asText()).isEqualTo("k");
    } finally {
      services.goOn();
    }
  }
}
