package com.secureapprove.chat.gateway.limits;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.redis.RedisFunctions;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Counts what people do. Any thread may call.
@Singleton
public class RateLimits {
  private static final Logger LOG = Logger.getLogger(RateLimits.class);
  private static final String FUNCTION = "limit_take";
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final Vertx vertx;
  private final ReactiveRedisDataSource redis;
  private final RedisFunctions functions;
  private final LimitsConfig config;
  private final LocalRateLimits local = new LocalRateLimits(Clock.systemUTC());

  /// One that was taken.
  ///
  /// @param isLocal whether it was counted here, Redis being away
  public record Taken(String key, String name, boolean isLocal) {}

  private record Counted(Taken taken, long waitMs) {}

  RateLimits(
      Vertx vertx, ReactiveRedisDataSource redis, RedisFunctions functions, LimitsConfig config) {
    this.vertx = vertx;
    this.redis = redis;
    this.functions = functions;
    this.config = config;
  }

  /// Takes one of what a person may do. Fails with a [ProblemException] of 429 that says when there
  /// is room again.
  public Future<Taken> take(Limit limit, String tenant, String person) {
    String key = "chat:{" + tenant + "}:limit:" + limit + ":" + person;
    String name = UUID.randomUUID().toString();
    int most = limit.most(config);
    Promise<Counted> counted = Promise.promise();
    Uni.createFrom()
        .deferred(() -> call(key, name, most, limit.window()))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .subscribe()
        .with(
            ms -> counted.complete(new Counted(new Taken(key, name, false), ms)),
            failure -> {
              LOG.debugf("limit_counted_here reason=%s", failure.getMessage());
              long ms = local.take(key, most, limit.window());
              counted.complete(new Counted(new Taken(key, name, true), ms));
            });
    return counted
        .future()
        .compose(count ->
            count.waitMs() == 0
                ? Future.succeededFuture(count.taken())
                : Future.failedFuture(refusal(count.waitMs())));
  }

  private Uni<Long> call(String key, String name, int most, Duration window) {
    String milliseconds = Long.toString(window.toMillis());
    return redis
        .execute("FCALL", FUNCTION, "1", key, Integer.toString(most), milliseconds, name)
        .onFailure(failure -> String.valueOf(failure.getMessage()).contains("Function not found"))
        .recoverWithUni(() ->
            Uni.createFrom()
                .completionStage(
                    vertx
                        .executeBlocking(() ->
                            functions.call(
                                FUNCTION,
                                List.of(key),
                                List.of(Integer.toString(most), milliseconds, name)))
                        .toCompletionStage()))
        .map(Response::toLong);
  }

  /// Gives back what turned out to cost nothing.
  public void giveBack(Taken taken) {
    if (taken.isLocal()) {
      local.giveBack(taken.key());
      return;
    }
    redis
        .execute("ZREM", taken.key(), taken.name())
        .subscribe()
        .with(
            _ -> {}, failure -> LOG.debugf("limit_not_given_back reason=%s", failure.getMessage()));
  }

  private static ProblemException refusal(long ms) {
    int seconds = (int) Math.max(1, Duration.ofMillis(ms + 999).toSeconds());
    return ProblemException.retryAfter(
        Problem.RATE_LIMITED, "Too many at once; try again in " + seconds + " s", seconds);
  }
}
