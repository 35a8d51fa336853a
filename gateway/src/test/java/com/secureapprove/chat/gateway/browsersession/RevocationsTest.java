package com.secureapprove.chat.gateway.browsersession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.platform.redis.PubSub;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Revocations that another gateway announces.
@QuarkusTest
class RevocationsTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  @Inject RedisDataSource redis;
  @Inject ReactiveRedisDataSource reactive;
  @Inject PubSub pubSub;
  @Inject Revocations here;
  @Inject SessionTokens tokens;

  private final BrowserSession session = newSession();

  @Test
  void aRevocationAtOneGatewayAppliesAtTheOther() {
    Revocations there = otherGateway();
    there.revoke(session);
    await().atMost(PATIENCE).until(() -> isRevoked(here, session));
    there.stop();
  }

  @Test
  void aGatewayThatStartsLaterReadsRevocationsFromRedis() {
    done(here.revoke(session));
    assertThat(isRevoked(newGateway(), session)).isTrue();
    assertThat(isRevoked(newGateway(), newSession())).isFalse();
  }

  @Test
  void aRevokedSessionHasNoTokensAndCannotBeRefreshed() {
    begin(session, "issuer:1");
    done(here.revoke(session));
    assertThat(tokens.of(session).await().indefinitely()).isEmpty();
    assertThat(tokens.replace(session, "refreshed", LIFETIME, List.of()).await().indefinitely())
        .isFalse();
    assertThat(tokens.of(session).await().indefinitely()).isEmpty();
  }

  @Test
  void anIssuerEndsTheSessionsOfItsOwnSessionAndNoLaterOnes() {
    BrowserSession second = newSession();
    BrowserSession other = newSession();
    String name = "issuer:" + UUID.randomUUID();
    begin(session, name);
    begin(second, name);
    begin(other, "issuer:other");
    done(here.revokeNamed(name));
    assertThat(isRevoked(here, session)).isTrue();
    assertThat(isRevoked(here, second)).isTrue();
    assertThat(isRevoked(here, other)).isFalse();

    BrowserSession later = newSession();
    begin(later, name);
    assertThat(isRevoked(here, later)).isFalse();
    assertThat(isRevoked(here, session)).isTrue();
  }

  @Test
  void theStoredTextsAreNotReadableByTheirKeys() {
    begin(session, "issuer:1");
    assertThat(redis.key().keys("*" + session.id() + "*")).isEmpty();
    assertThat(redis.key().keys("chat:tokens:" + session.digest())).hasSize(1);
  }

  private void begin(BrowserSession begun, String name) {
    tokens.begin(begun, "text", LIFETIME, List.of(name)).await().indefinitely();
  }

  private static BrowserSession newSession() {
    return new BrowserSession(UUID.randomUUID().toString());
  }

  private Revocations newGateway() {
    return new Revocations(reactive, pubSub, new SessionTokens(reactive));
  }

  /// Returns when the other gateway's subscription is active.
  private Revocations otherGateway() {
    Revocations other = newGateway();
    other.listen();
    BrowserSession probe = newSession();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          redis.pubsub(String.class).publish("chat:ended", probe.digest() + " 4000000000");
          return isRevoked(other, probe);
        });
    return other;
  }

  private static boolean isRevoked(Revocations gateway, BrowserSession session) {
    return done(gateway.isRevoked(session));
  }

  private static <T> T done(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
