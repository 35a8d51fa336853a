package com.secureapprove.chat.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A gateway that starts without Redis, and one that loses it.
@QuarkusTest
@QuarkusTestResource(value = BlockableRedis.class, restrictToAnnotatedClass = true)
@TestProfile(RedisOutageTest.OfItsOwn.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisOutageTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject TestBus bus;
  @Inject RedisDataSource redis;

  public static final class OfItsOwn implements QuarkusTestProfile {}

  /// The first one: only a start is a start.
  @Test
  @Order(1)
  void aGatewayThatStartsWithoutRedisLetsPeopleInAndHearsWhenItComes() {
    String port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", String.class);
    anonymous().get("http://localhost:" + port + "/q/health/ready").then().statusCode(200);
    as("acme", "bob").get("/api/chat/me/").then().statusCode(200);
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client bob = Client.open(Client.builder(), "Bearer " + Client.token("acme", "bob"))) {
      JsonNode greeting = bob.nextOf("connected");
      assertThat(greeting.has("event_id")).as("%s", greeting).isFalse();
      bob.nothingButPong();
      comes();
      await().atMost(PATIENCE).until(RedisOutageTest::isFollowed);
      bob.nextOf("resync");
      bus.publish("acme", 1, TestBus.message(conversation, "hello", 1, null));
      assertThat(bob.nextOf("message_created").path("message").path("content").asText())
          .isEqualTo("hello");
    }
  }

  @Test
  @Order(2)
  void whoSignedInBeforeGoesOnAndSignsOutWithoutRedis() {
    comes();
    Browser alice = Browser.signedIn("acme", "alice");
    try (Client socket =
        Client.open(
            "/ws/chat/",
            Client.builder().header("Cookie", alice.cookies()).header("Origin", Client.origin()))) {
      socket.nextOf("connected");
      BlockableRedis.goes();
      assertThat(alice.get("/api/chat/me/").statusCode()).isEqualTo(200);
      socket.nothingButPong();
      assertThat(
              alice
                  .post("/sign-out", Map.of("csrf_token", alice.cookie("csrftoken")), Map.of())
                  .statusCode())
          .isEqualTo(303);
      assertThat(socket.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  @Order(3)
  void whoComesBackWhileRedisIsAwayIsToldToReload() {
    comes();
    UUID conversation = services.conversation(1, "alice", "bob");
    String position;
    try (Client bob = Client.connected("acme", "bob")) {
      bus.publish("acme", 1, TestBus.message(conversation, "the last one", 1, null));
      position = bob.nextOf("message_created").path("event_id").asText();
      // so many that the gateway has to ask Redis for the beginning
      for (int i = 1; i <= 60; i++) {
        bus.publish("acme", 1, TestBus.message(conversation, "missed " + i, 1, null));
      }
      JsonNode message = bob.nextOf("message_created");
      while (!message.path("message").path("content").asText().equals("missed 60")) {
        message = bob.nextOf("message_created");
      }
    }
    BlockableRedis.goes();
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(bob.next().path("type").asText()).isEqualTo("resync");
    }
    comes();
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      for (int i = 1; i <= 60; i++) {
        assertThat(bob.next().path("message").path("content").asText()).isEqualTo("missed " + i);
      }
      bob.nothingButPong();
    }
  }

  /// Whether the gateway knows where the stream stands, and says so to those who come.
  private static boolean isFollowed() {
    try (Client carol = Client.open(Client.builder(), "Bearer " + Client.token("acme", "carol"))) {
      return carol.nextOf("connected").has("event_id");
    }
  }

  /// Returns when the gateway has noticed.
  private void comes() {
    BlockableRedis.comes();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> redis.execute("PING").toString().equals("PONG"));
  }
}
