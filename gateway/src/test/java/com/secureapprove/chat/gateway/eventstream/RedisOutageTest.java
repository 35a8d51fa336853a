package com.secureapprove.chat.gateway.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.gateway.Browser;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.TestBus;
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

/// A gateway that starts without Redis, and one that loses its connections to Redis.
@QuarkusTest
@QuarkusTestResource(value = BlockableRedis.class, restrictToAnnotatedClass = true)
@TestProfile(RedisOutageTest.OwnProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisOutageTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject TestBus bus;
  @Inject RedisDataSource redis;

  public static final class OwnProfile implements QuarkusTestProfile {}

  /// Must be the first test, because it needs the start of the gateway.
  @Test
  @Order(1)
  void aGatewayThatStartsWithoutRedisAcceptsClientsAndDeliversLater() {
    String port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", String.class);
    String readiness = "http://localhost:" + port + "/q/health/ready";
    anonymous().get(readiness).then().statusCode(503);
    as("acme", "bob").get("/api/chat/me/").then().statusCode(200);
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client bob = Client.open(Client.builder(), "Bearer " + Client.token("acme", "bob"))) {
      JsonNode greeting = bob.nextOf("connected");
      assertThat(greeting.has("event_id")).as("%s", greeting).isFalse();
      bob.nothingButPong();
      connectRedis();
      await().atMost(PATIENCE).until(RedisOutageTest::isFollowed);
      await().atMost(PATIENCE).until(() -> anonymous().get(readiness).statusCode() == 200);
      bob.nextOf("resync");
      bus.publish("acme", 1, TestBus.message(conversation, "hello", 1, null));
      assertThat(bob.nextOf("message_created").path("message").path("content").asText())
          .isEqualTo("hello");
    }
  }

  @Test
  @Order(2)
  void existingSessionsWorkAndSignOutWithoutRedis() {
    connectRedis();
    Browser alice = Browser.signedIn("acme", "alice");
    try (Client socket =
        Client.open(
            "/ws/chat/",
            Client.builder().header("Cookie", alice.cookies()).header("Origin", Client.origin()))) {
      socket.nextOf("connected");
      BlockableRedis.block();
      assertThat(alice.get("/api/chat/me/").statusCode()).isEqualTo(200);
      String port =
          ConfigProvider.getConfig().getValue("quarkus.management.test-port", String.class);
      anonymous().get("http://localhost:" + port + "/q/health/ready").then().statusCode(200);
      socket.nothingButPong();
      assertThat(
              alice
                  .post("/sign-out", Map.of("csrf_token", alice.cookie("chat_csrftoken")), Map.of())
                  .statusCode())
          .isEqualTo(303);
      assertThat(socket.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  @Order(3)
  void aReturningClientResyncsDuringARedisOutage() {
    connectRedis();
    UUID conversation = services.conversation(1, "alice", "bob");
    String position;
    try (Client bob = Client.connected("acme", "bob")) {
      bus.publish("acme", 1, TestBus.message(conversation, "the last one", 1, null));
      position = bob.nextOf("message_created").path("event_id").asText();
      // more entries than the gateway keeps in memory, so that a resume reads Redis
      for (int i = 1; i <= 60; i++) {
        bus.publish("acme", 1, TestBus.message(conversation, "missed " + i, 1, null));
      }
      JsonNode message = bob.nextOf("message_created");
      while (!message.path("message").path("content").asText().equals("missed 60")) {
        message = bob.nextOf("message_created");
      }
    }
    BlockableRedis.block();
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(bob.next().path("type").asText()).isEqualTo("resync");
    }
    connectRedis();
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      for (int i = 1; i <= 60; i++) {
        assertThat(bob.next().path("message").path("content").asText()).isEqualTo("missed " + i);
      }
      bob.nothingButPong();
    }
  }

  /// Whether the gateway follows the stream: its greeting then has a position.
  private static boolean isFollowed() {
    try (Client carol = Client.open(Client.builder(), "Bearer " + Client.token("acme", "carol"))) {
      return carol.nextOf("connected").has("event_id");
    }
  }

  /// Opens the proxy and waits until the gateway has connected.
  private void connectRedis() {
    BlockableRedis.open();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> redis.execute("PING").toString().equals("PONG"));
  }
}
