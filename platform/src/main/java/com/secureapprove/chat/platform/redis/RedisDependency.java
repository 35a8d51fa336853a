package com.secureapprove.chat.platform.redis;

import com.secureapprove.chat.platform.readiness.Dependency;
import io.quarkus.arc.ClientProxy;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// Redis is reachable, accepts the password, and never evicts keys. An eviction would delete events
/// that no client has received.
@Singleton
class RedisDependency implements Dependency {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String POLICY = "maxmemory_policy:";

  private final ReactiveRedisDataSource redis;

  RedisDependency(ReactiveRedisDataSource redis) {
    // unwrapped here, because two threads must not create the client; see RedisFunctions
    this.redis = ClientProxy.unwrap(redis);
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public void probe() {
    redis.execute("PING").await().atMost(TIMEOUT);
    evictionPolicy()
        .filter(policy -> !policy.equals("noeviction"))
        .ifPresent(policy -> {
          throw new IllegalStateException(
              "maxmemory-policy of Redis is " + policy + ", it must be noeviction");
        });
  }

  /// The eviction policy; empty if an access control list denies the question.
  private Optional<String> evictionPolicy() {
    return redis
        .execute("INFO", "memory")
        .map(Response::toString)
        .onFailure(failure -> String.valueOf(failure.getMessage()).startsWith("NOPERM"))
        .recoverWithItem("")
        .await()
        .atMost(TIMEOUT)
        .lines()
        .filter(line -> line.startsWith(POLICY))
        .map(line -> line.substring(POLICY.length()).strip())
        .findFirst();
  }
}
