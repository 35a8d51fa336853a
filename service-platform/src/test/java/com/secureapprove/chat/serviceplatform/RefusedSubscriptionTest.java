package com.secureapprove.chat.serviceplatform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.platform.redis.PubSub;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Redis refuses subscriptions for a while, as after a mistake in its users.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class RefusedSubscriptionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int SUBSCRIPTIONS = 3;

  /// Twice as many as the pool of the Redis client has connections.
  private static final int REFUSALS = 12;

  private static final Pattern REFUSED = Pattern.compile("count\\W+(\\d+)");

  @Inject PubSub pubSub;
  @Inject SampleStream redis;

  private String user = "";
  private final List<Cancellable> subscriptions = new ArrayList<>();

  @BeforeEach
  void forbidAllChannels() {
    user = redis.command("ACL", "WHOAMI");
    redis.command("ACL", "LOG", "RESET");
    redis.command("ACL", "SETUSER", user, "resetchannels");
  }

  @AfterEach
  void allowThem() {
    redis.command("ACL", "SETUSER", user, "allchannels");
    subscriptions.forEach(Cancellable::cancel);
  }

  @Test
  void refusedSubscriptionsHoldNoConnections() {
    AtomicInteger received = new AtomicInteger();
    for (int i = 0; i < SUBSCRIPTIONS; i++) {
      subscriptions.add(pubSub.subscribe(_ -> received.incrementAndGet(), "chat:sample"));
    }

    await().atMost(PATIENCE).until(() -> refused() >= REFUSALS);
    assertThat(redis.command("PING")).isEqualTo("PONG");

    redis.command("ACL", "SETUSER", user, "allchannels");
    await()
        .atMost(PATIENCE)
        .until(() -> {
          redis.command("PUBLISH", "chat:sample", "now it is allowed");
          return received.get() > 0;
        });
  }

  /// How many subscriptions Redis has refused.
  private int refused() {
    return REFUSED
        .matcher(redis.command("ACL", "LOG"))
        .results()
        .mapToInt(refusal -> Integer.parseInt(refusal.group(1)))
        .sum();
  }
}
