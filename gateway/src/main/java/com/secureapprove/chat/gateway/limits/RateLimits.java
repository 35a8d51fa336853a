package com.secureapprove.chat.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.limits.TokenBucket;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/// Rate limits per person. Redis counts attempts in a sliding window for all gateways together. If
/// Redis does not respond in time, this gateway counts alone, with token buckets. One call to Redis
/// counts all attempts of a tenant that arrived during the call before.
///
/// A message of a person who is far below the limit does not wait for its count, which follows
/// within 50 ms ([Headroom]). Thread-safe.
// Caffeine derives this class name from the cache's settings; Quarkus registers only common ones.
@RegisterForReflection(classNames = "com.github.benmanes.caffeine.cache.PSAMS")
@Singleton
public class RateLimits {
  private static final Logger LOG = Logger.getLogger(RateLimits.class);
  private static final String FUNCTION = "limit_count_all";
  private static final int MAX_BATCH = 200;
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final int MAX_BUCKETS = 100_000;

  /// How long attempts that were allowed ahead wait for others to be counted with.
  private static final Duration COUNTED_WITHIN = Duration.ofMillis(50);

  /// An idle entry is dropped after this time. Its report is no longer valid then.
  private static final Duration HEADROOM_KEPT = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final ReactiveRedisDataSource redis;
  private final RedisFunctions functions;
  private final LimitsConfig config;
  private final GatewayMeters meters;

  /// An idle bucket is full again after the longest window, so it can then be dropped.
  private final Cache<String, TokenBucket> buckets =
      Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(Duration.ofHours(1)).build();

  private final Cache<String, Headroom> headrooms =
      Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(HEADROOM_KEPT).build();

  /// The attempts of each tenant that are to be counted. A tenant without any has no entry.
  private final Map<String, Queue> queues = new ConcurrentHashMap<>();

  /// The attempts of one tenant that the next call counts. For use within [Map#compute].
  private static final class Queue {
    private final List<Attempt> attempts = new ArrayList<>();
    private boolean calling;
  }

  /// An attempt that was allowed.
  ///
  /// @param isLocal whether this gateway counted it because Redis did not respond
  /// @param counted completes when the attempt is counted
  public record Taken(
      Limit limit, Share share, String key, String name, boolean isLocal, Future<?> counted) {}

  private record Counted(Taken taken, Duration delay) {}

  /// @param isAhead whether it was allowed before it is counted
  private record Attempt(
      Limit limit,
      Share share,
      String key,
      String name,
      Headroom headroom,
      boolean isAhead,
      Promise<Counted> counted) {

    Taken taken(boolean isLocal) {
      return new Taken(limit, share, key, name, isLocal, counted.future());
    }

    /// @param answer the delay in ms if it is positive, otherwise minus the room that is left
    void complete(long answer) {
      headroom.counted(isAhead, Math.max(0, -answer), System.nanoTime());
      counted.complete(new Counted(taken(false), Duration.ofMillis(Math.max(0, answer))));
    }

    void completeLocally(Duration delay) {
      headroom.counted(isAhead, 0, System.nanoTime());
      counted.complete(new Counted(taken(true), delay));
    }
  }

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
    Headroom headroom = headrooms.get(key, _ -> new Headroom());
    boolean isAhead = limit.isCountedLater() && headroom.take(System.nanoTime());
    Attempt attempt =
        new Attempt(
            limit, share, key, UUID.randomUUID().toString(), headroom, isAhead, Promise.promise());
    add(attempt);
    return isAhead
        ? Future.succeededFuture(attempt.taken(false))
        : attempt
            .counted()
            .future()
            .compose(count ->
                count.delay().isZero()
                    ? Future.succeededFuture(count.taken())
                    : Future.failedFuture(refusal(limit, count.delay())));
  }

  /// Queues an attempt. The first one of an idle tenant starts a call, immediately or, if nothing
  /// waits for its count, a moment later.
  private void add(Attempt attempt) {
    String tenant = attempt.share().tenant();
    boolean[] isFirst = {false};
    boolean[] startsNow = {false};
    queues.compute(
        tenant,
        (_, known) -> {
          Queue queue = known == null ? new Queue() : known;
          isFirst[0] = queue.attempts.isEmpty() && !queue.calling;
          queue.attempts.add(attempt);
          startsNow[0] = !attempt.isAhead() && !queue.calling;
          queue.calling |= startsNow[0];
          return queue;
        });
    if (startsNow[0]) {
      countQueued(tenant);
    } else if (isFirst[0]) {
      vertx.setTimer(COUNTED_WITHIN.toMillis(), _ -> countLater(tenant));
    }
  }

  private void countLater(String tenant) {
    boolean[] starts = {false};
    queues.computeIfPresent(
        tenant,
        (_, queue) -> {
          starts[0] = !queue.calling;
          queue.calling = true;
          return queue;
        });
    if (starts[0]) {
      countQueued(tenant);
    }
  }

  /// Counts the queued attempts of a tenant with one call, and again until none are queued. So the
  /// attempts that arrive during a call share the next one.
  private void countQueued(String tenant) {
    List<Attempt> batch = new ArrayList<>();
    queues.computeIfPresent(
        tenant,
        (_, queue) -> {
          List<Attempt> next =
              queue.attempts.subList(0, Math.min(queue.attempts.size(), MAX_BATCH));
          batch.addAll(next);
          next.clear();
          return batch.isEmpty() ? null : queue;
        });
    if (batch.isEmpty()) {
      return;
    }
    call(batch)
        .ifNoItem()
        .after(TIMEOUT)
        .fail()
        .subscribe()
        .with(
            answers -> {
              for (int i = 0; i < batch.size(); i++) {
                batch.get(i).complete(answers.get(i));
              }
              countNext(tenant);
            },
            failure -> {
              LOG.debugf("rate_limited_locally reason=%s", Reason.of(failure));
              batch.forEach(attempt -> {
                meters.limitedLocally();
                attempt.completeLocally(takeFromBucket(attempt.key(), attempt.limit(), 1));
              });
              countNext(tenant);
            });
  }

  /// After a call: counts what has arrived, immediately if something waits for its count.
  private void countNext(String tenant) {
    boolean[] isLater = {false};
    queues.computeIfPresent(
        tenant,
        (_, queue) -> {
          isLater[0] =
              !queue.attempts.isEmpty() && queue.attempts.stream().allMatch(Attempt::isAhead);
          queue.calling = !isLater[0];
          return queue;
        });
    if (isLater[0]) {
      vertx.setTimer(COUNTED_WITHIN.toMillis(), _ -> countLater(tenant));
    } else {
      countQueued(tenant);
    }
  }

  /// Counts an attempt at this gateway alone, without Redis.
  ///
  /// @return zero if the attempt is allowed, otherwise the time until the next one is
  public Duration takeLocally(Limit limit, Share share) {
    return takeFromBucket("local:" + keyOf(limit, share), limit, 1);
  }

  /// Counts an attempt at this gateway alone.
  ///
  /// @param weight as how many attempts it counts
  /// @throws ProblemException 429 with `Retry-After` if the person has reached the limit
  public void requireLocally(Limit limit, Share share, int weight) {
    Duration delay = takeFromBucket("local:" + keyOf(limit, share), limit, weight);
    if (!delay.isZero()) {
      throw refusal(limit, delay);
    }
  }

  /// As [#takeLocally(Limit, Share)], for a limit that holds for each object separately.
  public Duration takeLocally(Limit limit, Share share, Object object) {
    return takeFromBucket("local:" + keyOf(limit, share) + ":" + object, limit, 1);
  }

  private Duration takeFromBucket(String key, Limit limit, int weight) {
    long now = System.nanoTime();
    return buckets
        .get(key, _ -> new TokenBucket(limit.max(config), limit.window(), now))
        .take(now, weight);
  }

  /// The answers of the function `limit_count_all`.
  private Uni<List<Long>> call(List<Attempt> batch) {
    List<String> keys = new ArrayList<>(batch.size());
    List<String> arguments = new ArrayList<>(batch.size() * 3);
    for (Attempt attempt : batch) {
      keys.add(attempt.key());
      arguments.add(Integer.toString(attempt.limit().max(config)));
      arguments.add(Long.toString(attempt.limit().window().toMillis()));
      arguments.add(attempt.name());
    }
    List<String> command = new ArrayList<>();
    command.add(FUNCTION);
    command.add(Integer.toString(keys.size()));
    command.addAll(keys);
    command.addAll(arguments);
    return redis
        .execute("FCALL", command.toArray(String[]::new))
        .onFailure(failure -> String.valueOf(failure.getMessage()).contains("Function not found"))
        .recoverWithUni(() ->
            Uni.createFrom()
                .completionStage(
                    vertx
                        .executeBlocking(() -> functions.call(FUNCTION, keys, arguments))
                        .toCompletionStage()))
        .map(answer ->
            StreamSupport.stream(answer.spliterator(), false).map(Response::toLong).toList());
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
    taken
        .counted()
        .onComplete(_ ->
            redis
                .execute("ZREM", taken.key(), taken.name())
                .subscribe()
                .with(
                    _ -> {},
                    failure -> LOG.debugf("limit_not_given_back reason=%s", Reason.of(failure))));
  }

  private ProblemException refusal(Limit limit, Duration delay) {
    meters.rateLimited(limit.toString());
    int seconds = (int) Math.max(1, delay.plusMillis(999).toSeconds());
    return ProblemException.retryAfter(
        Problem.RATE_LIMITED, "Too many requests; try again in " + seconds + " s", seconds);
  }
}
