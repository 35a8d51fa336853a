package com.secureapprove.chat.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.OwnIssuer;
import com.secureapprove.chat.gateway.RawSockets;
import com.secureapprove.chat.testsupport.websocket.RawWebSocket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = OwnIssuer.class, restrictToAnnotatedClass = true)
@TestProfile(ConnectionLimitsTest.Tight.class)
class ConnectionLimitsTest extends GatewayTest {

  public static final class Tight implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "chat.connections.per-person", "2",
          "chat.connections.per-tenant", "3",
          "chat.connections.arriving", "4",
          "chat.connections.silence", "3s",
          "chat.connections.frames-per-second", "10");
    }
  }

  @Test
  void theConnectionsOfAPersonAreLimited() {
    try (Client first = Client.connected("acme", "alice");
        Client second = Client.connected("acme", "alice")) {
      assertThat(third("alice").closeCode()).isEqualTo(4429);
      first.nothingButPong();
      second.nothingButPong();
    }
    closedConnectionsNoLongerCount();
  }

  @Test
  void theConnectionsOfEachTenantAreLimited() {
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob");
        Client carol = Client.connected("acme", "carol");
        Client dave = Client.connected("globex", "dave")) {
      assertThat(third("alice").closeCode()).isEqualTo(4429);
      alice.nothingButPong();
      bob.nothingButPong();
      carol.nothingButPong();
      dave.nothingButPong();
    }
    closedConnectionsNoLongerCount();
  }

  @Test
  void theHandshakesOfOneIssuerLeavePermitsForOthers() throws Exception {
    Client.connected("globex", "dave").close(); // the directory knows him
    services.hang("/internal/sign-ins");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Client>> arriving = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String token = "Bearer " + OwnIssuer.running().token("crowd", "arrives" + i);
        arriving.add(threads.submit(() -> Client.open(Client.builder(), token)));
      }
      Awaitility.await().until(() -> services.calls("/internal/sign-ins").size() == 2);
      try (Client dave = Client.connected("globex", "dave")) {
        dave.nothingButPong();
        assertThat(services.calls("/internal/sign-ins")).hasSize(2);
      } finally {
        services.goOn();
        for (Future<Client> client : arriving) {
          client.get().close();
        }
      }
    }
    closedConnectionsNoLongerCount();
  }

  @Test
  void tooManyFramesCloseOnlyTheirConnection() {
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob")) {
      alice.flood("{\"type\":\"ping\"}", 200);
      assertThat(alice.closeCode()).isEqualTo(4429);
      bob.nothingButPong();
    }
    closedConnectionsNoLongerCount();
  }

  @Test
  void tooManyWebSocketPingsCloseTheConnection() throws IOException {
    try (RawWebSocket alice = RawSockets.open(Client.token("acme", "alice"), 0);
        RawWebSocket bob = RawSockets.open(Client.token("acme", "bob"), 0)) {
      assertThat(bob.nextText()).contains("\"type\":\"connected\"");
      bob.ping(1);
      alice.ping(200);
      assertThat(alice.closeCode()).isEqualTo(4429);
      bob.sendFragments("{\"type\":\"ping\"}");
      assertThat(bob.nextText()).contains("\"type\":\"pong\"");
    }
    closedConnectionsNoLongerCount();
  }

  @Test
  void emptyContinuationFramesCountAsFrames() throws IOException {
    try (RawWebSocket alice = RawSockets.open(Client.token("acme", "alice"), 0);
        RawWebSocket bob = RawSockets.open(Client.token("acme", "bob"), 0)) {
      alice.continueWithNothing(200);
      assertThat(alice.closeCode()).isEqualTo(4429);
      bob.sendFragments("{\"type\":", "", "\"pi", "ng\"}");
      assertThat(bob.nextText()).contains("\"type\":\"connected\"");
      assertThat(bob.nextText()).contains("\"type\":\"pong\"");
    }
    closedConnectionsNoLongerCount();
  }

  @Test
  void onlyAConnectionWithoutHeartbeatIsClosed() {
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob")) {
      Awaitility.await()
          .until(() -> {
            bob.nothingButPong();
            return alice.isClosed();
          });
      assertThat(alice.closeCode()).isEqualTo(4408);
      bob.nothingButPong();
    }
    closedConnectionsNoLongerCount();
  }

  private static Client third(String userName) {
    return Client.open(Client.builder(), "Bearer " + Client.token("acme", userName));
  }

  private static void closedConnectionsNoLongerCount() {
    Awaitility.await()
        .ignoreExceptions()
        .untilAsserted(() -> {
          try (Client first = Client.connected("acme", "alice");
              Client second = Client.connected("acme", "alice")) {
            first.nothingButPong();
            second.nothingButPong();
          }
        });
  }
}
