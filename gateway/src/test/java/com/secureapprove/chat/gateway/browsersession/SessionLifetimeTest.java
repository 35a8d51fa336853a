package com.secureapprove.chat.gateway.browsersession;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SessionLifetimeTest.Short.class)
class SessionLifetimeTest extends GatewayTest {
  @Inject RedisDataSource redis;

  public static final class Short implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("chat.sessions.lasts", "4s");
    }
  }

  @Test
  void aConnectionStaysOpenWhileItsSessionMakesCalls() {
    Browser alice = Browser.signedIn("acme", "alice");
    try (Client socket = socketOf(alice)) {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(500))
          .during(Duration.ofSeconds(7))
          .atMost(Duration.ofSeconds(30))
          .until(() -> alice.get("/api/chat/me/").statusCode() == 200 && !socket.isClosed());
      socket.nothingButPong();
      assertThat(socket.closeCode()).isEqualTo(4401);
      assertThat(alice.get("/api/chat/me/").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aConnectionStaysOpenWhenRedisLosesItsData() {
    Browser alice = Browser.signedIn("acme", "alice");
    try (Client socket = socketOf(alice)) {
      alice.get("/api/chat/me/");
      redis.key().keys("chat:session:*").forEach(key -> redis.key().del(key));
      Awaitility.await().until(() -> !redis.key().keys("chat:session:*").isEmpty());
      socket.nothingButPong();
      assertThat(socket.closeCode()).isEqualTo(4401); // at its original expiry
    }
  }

  private static Client socketOf(Browser browser) {
    Client client =
        Client.open(
            "/ws/chat/",
            Client.builder().header("Cookie", browser.cookies()).header("Origin", Client.origin()));
    assertThat(client.next().path("type").asText()).isEqualTo("connected");
    return client;
  }
}
