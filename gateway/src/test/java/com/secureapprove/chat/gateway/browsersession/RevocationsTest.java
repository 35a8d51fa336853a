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

/// What one gateway knows of the ends that another was told of.
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
  void anEndAtOneGatewayIsAnEndAtTheOther() {
    Revocations there = otherGateway();
    there.revoke(session);
    await().atMost(PATIENCE).until(() -> isOver(here, session));
    there.stop();
  }

  @Test
  void aGatewayThatStartsLaterKnowsItToo() {
    done(here.revoke(session));
    Revocations later = new Revocations(reactive, channels);
    assertThat(isOver(later, session)).isTrue();
    BrowserSession again = session(Instant.now());
    here.reinstate(again);
    Revocations latest = new Revocations(reactive, channels);
    await().atMost(PATIENCE).until(() -> !isOver(latest, again));
    assertThat(isOver(latest, session)).isTrue();
  }

  @Test
  void signingInAgainByTheSameNameBringsOnlyTheNewTokensBack() {
    Revocations there = otherGateway();
    done(here.revoke(session));
    BrowserSession again = session(Instant.now());
    assertThat(isOver(here, again)).isTrue();
    here.reinstate(again);
    await().atMost(PATIENCE).until(() -> !isOver(there, again));
    assertThat(isOver(there, session)).isTrue();
    assertThat(isOver(here, session)).isTrue();

    done(there.revoke(again));
    await().atMost(PATIENCE).until(() -> isOver(here, again));
    there.stop();
  }

  @Test
  void theEndOfAnAccountsSessionsLeavesThoseThatBeganLater() {
    done(here.revokeAccount(session.account()));
    assertThat(isOver(here, session)).isTrue();
    BrowserSession later =
        new BrowserSession(
            "another of " + session.account(),
            session.account(),
            Instant.now().plusSeconds(60),
            Instant.now().plusSeconds(60));
    here.reinstate(later);
    assertThat(isOver(here, later)).isFalse();
  }

  private BrowserSession session(Instant issued) {
    String name = session == null ? UUID.randomUUID().toString() : session.account();
    return new BrowserSession("session of " + name, name, began, issued);
  }

  /// Its subscription has begun when it hears of something.
  private Revocations otherGateway() {
    Revocations other = new Revocations(reactive, channels);
    other.listen();
    BrowserSession probe = new BrowserSession("probe " + UUID.randomUUID(), "probe", began, began);
    await()
        .atMost(PATIENCE)
        .until(() -> {
          redis.pubsub(String.class).publish("chat:ended", probe.digest() + " 4000000000");
          return isOver(other, probe);
        });
    return other;
  }

  private static boolean isOver(Revocations gateway, BrowserSession session) {
    return done(gateway.isRevoked(session));
  }

  private static <T> T done(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
