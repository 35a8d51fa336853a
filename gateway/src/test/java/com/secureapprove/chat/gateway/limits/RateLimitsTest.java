package com.secureapprove.chat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.matchesRegex;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.RealBacking;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class RateLimitsTest extends GatewayTest {
  private static final int MESSAGES_PER_MINUTE = 60;
  private static final int PROVISIONING_PER_MINUTE = 3_000;
  private static final int NOTIFICATIONS_PER_MINUTE = 600;

  @Inject RateLimits limits;
  @Inject RedisDataSource redis;
  @Inject ReactiveRedisDataSource asyncRedis;
  @Inject RedisFunctions functions;
  @Inject LimitsConfig config;
  @Inject GatewayMeters meters;
  @Inject Vertx vertx;

  @AfterEach
  void forgetCounts() {
    redis.key().del("chat:{acme}:limit:messages:id-of-carol");
    redis.key().del("chat:{acme}:limit:changes:id-of-carol");
    redis.key().del("chat:{globex}:limit:conversations:id-of-dave");
  }

  @Test
  void theAttemptBeyondTheLimitIsRefusedUntilOneIsGivenBack() {
    String person = UUID.randomUUID().toString();
    RateLimits.Taken last = null;
    for (int i = 0; i < 60; i++) {
      last = take(person);
    }
    assertThatThrownBy(() -> take(person))
        .hasRootCauseInstanceOf(ProblemException.class)
        .rootCause()
        .extracting(e -> ((ProblemException) e).retryAfter())
        .satisfies(seconds -> assertThat((Integer) seconds).isBetween(1, 60));
    take(UUID.randomUUID().toString()); // other people are not affected
    limits.settle(last, 200);
    soon(() -> count(Limit.MESSAGES, person) == 59);
    take(person);
  }

  @Test
  void messagesThatWereAllowedAheadAreCountedSoonAfter() {
    String person = UUID.randomUUID().toString();
    for (int i = 0; i < 10; i++) {
      take(person);
    }
    soon(() -> count(Limit.MESSAGES, person) == 10);
    RateLimits.Taken ahead = take(person);
    limits.settle(ahead, 200);
    ahead.counted().toCompletionStage().toCompletableFuture().join();
    soon(() -> count(Limit.MESSAGES, person) == 10);
  }

  /// Each of several gateways knows the room of a person who then uses it up at one of them.
  @Test
  void aPersonAtSeveralGatewaysExceedsTheLimitAtMostByAQuarterOfTheRoomAtEachOther() {
    String person = UUID.randomUUID().toString();
    int gateways = 4;
    List<RateLimits> others =
        Stream.generate(() -> new RateLimits(vertx, asyncRedis, functions, config, meters))
            .limit(gateways - 1)
            .toList();
    others.forEach(gateway -> assertThat(isTaken(gateway, person)).isTrue());
    int allowed = others.size();
    while (isTaken(limits, person)) {
      allowed++;
    }
    assertThat(allowed).isEqualTo(MESSAGES_PER_MINUTE);

    List<Future<RateLimits.Taken>> attempts = new ArrayList<>();
    for (RateLimits gateway : others) {
      for (int i = 0; i < MESSAGES_PER_MINUTE; i++) {
        attempts.add(gateway.take(Limit.MESSAGES, new Share("acme", person)));
      }
    }
    Future.join(attempts).otherwiseEmpty().toCompletionStage().toCompletableFuture().join();
    assertThat(attempts.stream().filter(Future::succeeded).count())
        .isLessThanOrEqualTo(others.size() * (MESSAGES_PER_MINUTE / 4L));

    for (RateLimits gateway : others) { // each knows now that there is no room
      assertThat(isTaken(gateway, person)).isFalse();
    }
  }

  private static boolean isTaken(RateLimits gateway, String person) {
    return gateway
        .take(Limit.MESSAGES, new Share("acme", person))
        .transform(taken -> Future.succeededFuture(taken.succeeded()))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @Test
  void aRefusedMessageCountsAsAnotherChange() {
    String person = UUID.randomUUID().toString();
    for (int i = 0; i < 59; i++) {
      take(person);
    }
    for (int i = 0; i < 120; i++) { // each gives its message back, and uses up a change
      limits.settle(take(person), 404);
      int changes = i + 1;
      soon(() -> count(Limit.CHANGES, person) == changes);
      soon(() -> count(Limit.MESSAGES, person) == 59);
    }
    limits.settle(take(person), 404);
    assertThatThrownBy(() -> take(person)).hasRootCauseInstanceOf(ProblemException.class);
  }

  /// Waits without the usual pause before the first check, because this test waits 240 times.
  private static void soon(Callable<Boolean> condition) {
    await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(condition);
  }

  private int count(Limit limit, String person) {
    return redis.execute("ZCARD", "chat:{acme}:limit:" + limit + ":" + person).toInteger();
  }

  private RateLimits.Taken take(String person) {
    return take(Limit.MESSAGES, person);
  }

  private RateLimits.Taken take(Limit limit, String person) {
    return limits
        .take(limit, new Share("acme", person))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @Test
  void requestsOfAnIdentityProviderAreLimitedForEachTenant() {
    String key = "chat:{acme}:limit:provisioning:scim";
    List<String> attempts = new ArrayList<>(List.of(key));
    for (int i = 0; i < PROVISIONING_PER_MINUTE; i++) {
      attempts.add(Long.toString(System.currentTimeMillis()));
      attempts.add("attempt" + i);
    }
    provision().statusCode(200);
    redis.execute("ZADD", attempts.toArray(String[]::new));
    try {
      provision()
          .statusCode(429)
          .contentType("application/problem+json")
          .header("Retry-After", matchesRegex("[1-9]\\d?"));
    } finally {
      redis.key().del(key);
    }
    provision().statusCode(200);
  }

  @Test
  void theNotificationsOfAServiceClientAreLimited() {
    String token = BackingServices.shared().keycloak().publisherToken("acme");
    String client = "client:acme:" + subject(token);
    for (int i = 1; i < NOTIFICATIONS_PER_MINUTE; i++) {
      take(Limit.NOTIFICATIONS, client);
    }
    publish(token).statusCode(200);
    publish(token)
        .statusCode(429)
        .contentType("application/problem+json")
        .header("Retry-After", matchesRegex("[1-9]\\d?"));
    publish(BackingServices.shared().keycloak().publisherToken("globex")).statusCode(200);
    assertThat(services.calls("/api/chat/notifications")).hasSize(2);
    redis.key().del("chat:{acme}:limit:notifications:" + client);
  }

  private static String subject(String token) {
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    return new JsonObject(Buffer.buffer(claims)).getString("sub");
  }

  private static ValidatableResponse publish(String token) {
    return withToken(token).body("{}").post("/api/chat/notifications/").then();
  }

  private static ValidatableResponse provision() {
    return withToken(RealBacking.ACME_PROVISIONING).get("/scim/v2/Users").then();
  }

  @Test
  void tooManyMessagesOnAConnectionAreErrorsAndTheConnectionStaysOpen() {
    UUID conversation = services.conversation(1, "carol");
    try (Client carol = Client.connected("acme", "carol")) {
      for (int i = 0; i < 61; i++) {
        carol.say(
            "{\"type\":\"send\",\"conversation_id\":\"%s\",\"content\":\"x\",\"client_message_id\":\"k%d\"}"
                .formatted(conversation, i));
      }
      JsonNode error = carol.nextOf("error");
      assertThat(error.path("code").asText()).isEqualTo("rate-limited");
      assertThat(error.path("retry_after").asInt()).isBetween(1, 60);
      assertThat(error.path("client_message_id").asText()).startsWith("k");
      carol.say("{\"type\":\"ping\"}");
      carol.nextOf("pong");
    }
  }

  @Test
  void aRepeatedRequestDoesNotCount() {
    for (int i = 0; i < 40; i++) { // the stub answers 200: the conversation exists
      as("globex", "dave").body("{}").post("/api/chat/conversations/start/").then().statusCode(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, archive",
    "PATCH, unarchive",
    "PATCH, mute",
    "PATCH, unmute",
    "PATCH, set_role",
    "PATCH, update_title",
    "POST, add_participants",
    "POST, remove_participant",
    "POST, mark_read"
  })
  void eachChangeHasALimit(String method, String change) {
    String path = "/api/chat/conversations/" + UUID.randomUUID() + "/" + change + "/";
    for (int i = 1; i < 120; i++) {
      take(Limit.CHANGES, "id-of-bob");
    }
    as("acme", "bob").body("{}").request(method, path).then().statusCode(200);
    as("acme", "bob")
        .body("{}")
        .request(method, path)
        .then()
        .statusCode(429)
        .header("Retry-After", matchesRegex("[1-9][0-9]?"));
    as("acme", "alice").body("{}").request(method, path).then().statusCode(200);
    redis.key().del("chat:{acme}:limit:changes:id-of-bob", "chat:{acme}:limit:changes:id-of-alice");
  }

  @ParameterizedTest
  @CsvSource({
    "CONVERSATIONS, 30, conversations/start",
    "CONVERSATIONS, 30, conversations/start_group",
    "MESSAGES, 60, conversations/0198c0de-0000-7000-8000-000000000001/messages",
    "UPLOADS, 20, attachments"
  })
  void whatIsCreatedHasALimit(Limit limit, int most, String path) {
    for (int i = 0; i < most; i++) {
      take(limit, "id-of-bob");
    }
    as("acme", "bob")
        .body("{}")
        .post("/api/chat/" + path + "/")
        .then()
        .statusCode(429)
        .header("Retry-After", matchesRegex("[1-9]\\d{0,3}"));
    assertThat(services.calls("/api/chat/" + path)).isEmpty();
    redis.key().del("chat:{acme}:limit:" + limit + ":id-of-bob");
  }

  @Test
  void typingOverRestIsForwardedAtMostOnceASecondInEachConversation() {
    String first = "/api/chat/conversations/" + UUID.randomUUID() + "/typing";
    String second = "/api/chat/conversations/" + UUID.randomUUID() + "/typing";
    int changes = changesOfDave();
    long start = System.nanoTime();
    for (int key = 0; key < 30; key++) { // as the original client sends them
      typed(first);
    }
    typed(second);
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    assertThat(services.calls(first)).hasSizeBetween(1, (int) seconds + 1);
    assertThat(services.calls(second)).hasSize(1);

    int before = services.calls(first).size();
    await()
        .until(() -> {
          typed(first);
          return services.calls(first).size() > before;
        });
    assertThat(changesOfDave() - changes)
        .isEqualTo(services.calls(first).size() + services.calls(second).size());
  }

  private int changesOfDave() {
    return redis.execute("ZCARD", "chat:{globex}:limit:changes:id-of-dave").toInteger();
  }

  private static void typed(String path) {
    as("globex", "dave").post(path + "/").then().statusCode(200);
  }

  @Test
  void anUploadThatTheServerCouldNotStoreDoesNotCount() {
    for (int i = 0; i < 70; i++) { // attachment-service is down
      as("globex", "dave")
          .contentType("multipart/form-data")
          .multiPart("file", "a.txt", "text".getBytes(StandardCharsets.US_ASCII))
          .post("/api/chat/attachments/")
          .then()
          .statusCode(503);
    }
  }
}
