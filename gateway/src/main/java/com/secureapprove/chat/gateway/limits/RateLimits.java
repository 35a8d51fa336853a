package com.secureapprove.chat.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Rate limits per person. Redis counts attempts in a sliding window for all gateways together. If
/// Redis does not respond in time, this gateway counts alone, with token buckets. Thread-safe.
// Caffeine derives this class name from the cache's settings; Quarkus registers only common ones.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
@Singleton
public class RateLimits {
  private static final Logger LOG = Logger.getLogger(RateLimits.class);
  private static final String FUNCTION = "limit_take";
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final int MAX_BUCKETS = 100_000;

  private final Vertx vertx;
  private final ReactiveRedisDataSource redis;
  private final RedisFunctions functions;
  private final LimitsConfig config;
  private final GatewayMeters meters;

  /// An idle bucket is full again after the longest window, so it can then be dropped.
  private final Cache<String, TokenBucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(Duration.ofHours(1)).build();

  /// An attempt that was counted.
  ///
  /// @param isLocal whether this gateway counted it because Redis did not respond
  public record Taken(Limit limit, Share share, String key, String name, boolean isLocal) {}

  private record Counted(Taken taken, Duration delay) {}

  RateLimits(
      Vertx vertx,
      ReactiveRedisDataSource redis,
      RedisFunctions functions,
      LimitsConfig config,
      GatewayMeters meters) {
    this.vertx = vertx;
    this.redis = redis;
    this.functions = functions;
    this.config = config;
    this.meters = meters;
    meters.register(
        GatewayMeters.RATE_LIMITED, "limit", Stream.of(Limit.values()).map(Limit::toString));
  }

  /// Counts an attempt. Fails with a [ProblemException] of 429 with `Retry-After` if the person has
  /// reached the limit.
  public Future<Taken> take(Limit limit, Share share) {
    return count(limit, share, keyOf(limit, share));
  }

  /// Counts an attempt of a limit that holds for each object separately.
  ///
  /// @param object such as a conversation
  public Future<Taken> take(Limit limit, Share share, Object object) {
    return count(limit, share, keyOf(limit, share) + ":" + object);
  }

  private static String keyOf(Limit limit, Share share) {
    return RedisKeys.rateLimit(share.tenant(), limit.toString(), share.person());
  }

  private Future<Taken> count(Limit limit, Share share, String key) {
    String name = UUID.randomUUID().toString();
    Uni<Counted> counted =
        Uni.createFrom()
            .deferred(() -> call(key, name, limit))
            .ifNoItem()
            .after(TIMEOUT)
            .fail()
            .map(delay -> new Counted(new Taken(limit, share, key, name, false), delay))
            .onFailure()
            .invoke(failure -> LOG.debugf("rate_limited_locally reason=%s", Reason.of(failure)))
            .onFailure()
            .recoverWithItem(() -> {
              meters.limitedLocally();
              return new Counted(
                  new Taken(limit, share, key, name, true), takeFromBucket(key, limit));
            });
    return UniHelper.toFuture(counted)
        .compose(count ->
            count.delay().isZero()
                ? Future.succeededFuture(count.taken())
                : Future.failedFuture(refusal(limit, count.delay())));
  }

  /// Counts an attempt at this gateway alone, without Redis.
  ///
  /// @return zero if the attempt is allowed, otherwise the time until the next one is
  public Duration takeLocally(Limit limit, Share share) {
    return takeFromBucket("local:" + keyOf(limit, share), limit);
  }

  /// As [#takeLocally(Limit, Share)], for a limit that holds for each object separately.
  public Duration takeLocally(Limit limit, Share share, Object object) {
    return takeFromBucket("local:" + keyOf(limit, share) + ":" + object, limit);
  }

  private Duration takeFromBucket(String key, Limit limit) {
    long now = System.nanoTime();
    return buckets.get(key, _ -> new TokenBucket(limit.max(config), limit.window(), now)).take(now);
  }

  /// How long to wait until the next attempt is allowed; zero if this one is.
  private Uni<Duration> call(String key, String name, Limit limit) {
    String max = Integer.toString(limit.max(config));
    String window = Long.toString(limit.window().toMillis());
    return redis
        .execute("FCALL", FUNCTION, "1", key, max, window, name)
        .onFailure(failure -> String.valueOf(failure.getMessage()).contains("Function not found"))
        .recoverWithUni(() ->
            Uni.createFrom()
                .completionStage(
                    vertx
                        .executeBlocking(() ->
                            functions.call(FUNCTION, List.of(key), List.of(max, window, name)))
                        .toCompletionStage()))
        .map(Response::toLong)
        .map(Duration::ofMillis);
  }

  /// Gives back an attempt if it does not count, depending on the response: nothing counts if the
  /// server failed; a repeated message or conversation does not count, and a refused one counts as
  /// another change.
  public void settle(Taken taken, int status) {
    switch (taken.limit().settlement(status)) {
      case COUNTS -> {}
      case GIVEN_BACK -> giveBack(taken);
      case COUNTS_AS_CHANGE -> take(Limit.CHANGES, taken.share()).onSuccess(_ -> giveBack(taken));
    }
  }

  private void giveBack(Taken taken) {
    if (taken.isLocal()) {
      TokenBucket bucket = buckets.getIfPresent(taken.key());
      if (bucket != null) {
        bucket.giveBack();
      }
      return;
    }
    redis
        .execute("ZREM", taken.key(), taken.name())
        .subscribe()
        .with(_ -> {}, failure -> LOG.debugf("limit_not_given_back reason=%s", Reason.of(failure)));
  }

  private ProblemException refusal(Limit limit, Duration delay) {
    meters.rateLimited(limit.toString());
    int seconds = (int) Math.max(1, delay.plusMillis(999).toSeconds());
    return ProblemException.retryAfter(
        Problem.RATE_LIMITED, "Too many requests; try again in " + seconds + " s", seconds);
  }
}
