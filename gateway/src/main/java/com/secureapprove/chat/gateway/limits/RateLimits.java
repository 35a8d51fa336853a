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
  private final LocalCounts local = new LocalCounts(Clock.systemUTC());

  /// One that was taken.
  public record Taken(String key, String name) {}

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
    Taken taken =
        new Taken(
            "chat:{" + tenant + "}:limit:" + limit + ":" + person, UUID.randomUUID().toString());
    int most = limit.most(config);
    Promise<Long> wait = Promise.promise();
    Uni.createFrom()
        .deferred(() -> call(taken, most, limit.window()))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .subscribe()
        .with(
            wait::complete,
            failure -> {
              LOG.debugf("limit_counted_here reason=%s", failure.getMessage());
              wait.complete(local.take(taken.key(), most, limit.window()));
            });
    return wait.future()
        .compose(ms -> ms == 0 ? Future.succeededFuture(taken) : Future.failedFuture(refusal(ms)));
  }

  private Uni<Long> call(Taken taken, int most, Duration window) {
    String milliseconds = Long.toString(window.toMillis());
    return redis
        .execute(
            "FCALL", FUNCTION, "1", taken.key(), Integer.toString(most), milliseconds, taken.name())
        .onFailure(failure -> String.valueOf(failure.getMessage()).contains("Function not found"))
        .recoverWithUni(() ->
            Uni.createFrom()
                .completionStage(
                    vertx
                        .executeBlocking(() ->
                            functions.call(
                                FUNCTION,
                                List.of(taken.key()),
                                List.of(Integer.toString(most), milliseconds, taken.name())))
                        .toCompletionStage()))
        .map(Response::toLong);
  }

  /// Gives back what turned out to be a repeat, which costs nothing.
  public void giveBack(Taken taken) {
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
