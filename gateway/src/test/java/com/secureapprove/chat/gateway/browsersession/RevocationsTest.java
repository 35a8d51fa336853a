package com.secureapprove.chat.gateway.browsersession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.platform.redis.Channels;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Revocations that another gateway announces.
@QuarkusTest
class RevocationsTest extends GatewayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject RedisDataSource redis;
  @Inject ReactiveRedisDataSource reactive;
  @Inject Channels channels;
  @Inject Revocations here;

  private final Instant began = Instant.now().minusSeconds(60);
  private final BrowserSession session = session(began);

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
    Revocations later = new Revocations(reactive, channels);
    assertThat(isRevoked(later, session)).isTrue();
    BrowserSession again = session(Instant.now());
    here.reinstate(again);
    Revocations latest = new Revocations(reactive, channels);
    await().atMost(PATIENCE).until(() -> !isRevoked(latest, again));
    assertThat(isRevoked(latest, session)).isTrue();
  }

  @Test
  void signingInAgainReinstatesOnlyTheNewTokens() {
    Revocations there = otherGateway();
    done(here.revoke(session));
    BrowserSession again = session(Instant.now());
    assertThat(isRevoked(here, again)).isTrue();
    here.reinstate(again);
    await().atMost(PATIENCE).until(() -> !isRevoked(there, again));
    assertThat(isRevoked(there, session)).isTrue();
    assertThat(isRevoked(here, session)).isTrue();

    done(there.revoke(again));
    await().atMost(PATIENCE).until(() -> isRevoked(here, again));
    there.stop();
  }

  @Test
  void revokingAnAccountKeepsSessionsThatBeginLater() {
    done(here.revokeAccount(session.account()));
    assertThat(isRevoked(here, session)).isTrue();
    BrowserSession later =
        new BrowserSession(
            "another of " + session.account(),
            session.account(),
            Instant.now().plusSeconds(60),
            Instant.now().plusSeconds(60));
    here.reinstate(later);
    assertThat(isRevoked(here, later)).isFalse();
  }

  private BrowserSession session(Instant issued) {
    String name = session == null ? UUID.randomUUID().toString() : session.account();
    return new BrowserSession("session of " + name, name, began, issued);
  }

  /// Returns when the other gateway's subscription is active.
  private Revocations otherGateway() {
    Revocations other = new Revocations(reactive, channels);
    other.listen();
    BrowserSession probe = new BrowserSession("probe " + UUID.randomUUID(), "probe", began, began);
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
