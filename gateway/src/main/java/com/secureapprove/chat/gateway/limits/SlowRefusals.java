package com.secureapprove.chat.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.limits.TokenBucket;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Delays refusals of clients that are refused again and again (a tarpit).
///
/// A refusal is cheap, but a client that ignores refusals can ask for thousands each second, and
/// everyone else then waits for a processor. An HTTP/1 connection waits for its answer, so with a
/// delay of a second a client gets one refusal per second and connection. The first refusals are
/// not delayed, and nothing else ever is. Thread-safe.
@Singleton
public class SlowRefusals {
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final Duration REFILL = Duration.ofSeconds(2);

  /// How many refusals may wait at this gateway. Further ones are sent immediately.
  private static final int MAX_WAITING = 10_000;

  private static final int MAX_BUCKETS = 100_000;

  /// Refusals of a person that are not delayed: as a burst, and in each [#REFILL].
  private static final int OF_PERSON = 20;

  /// The same for an address, which many people may share.
  private static final int OF_ADDRESS = 200;

  private final Vertx vertx;
  private final Problems problems;
  private final GatewayMeters meters;
  private final AtomicInteger waiting = new AtomicInteger();

  private final Cache<Object, TokenBucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MAX_BUCKETS)
          .expireAfterAccess(REFILL.multipliedBy(2))
          .build();

  SlowRefusals(Vertx vertx, Problems problems, GatewayMeters meters) {
    this.vertx = vertx;
    this.problems = problems;
    this.meters = meters;
  }

  /// Ends a request of a known person with a problem. Delays it only if a rate limit is the cause.
  public void answer(RoutingContext request, Share share, Throwable failure) {
    if (failure instanceof ProblemException problem && problem.problem() == Problem.RATE_LIMITED) {
      afterDelay(share, () -> problems.answer(request, failure));
    } else {
      problems.answer(request, failure);
    }
  }

  /// Ends a request with a problem. Delays it only if the credentials are the cause.
  public void answer(RoutingContext request, Throwable failure) {
    if (failure instanceof ProblemException problem
        && problem.problem() == Problem.UNAUTHENTICATED) {
      afterDelay(request, () -> problems.answer(request, failure));
    } else {
      problems.answer(request, failure);
    }
  }

  /// Refuses a request that has no valid credentials.
  ///
  /// @param refusal runs now or later on the same event loop
  public void afterDelay(RoutingContext request, Runnable refusal) {
    SocketAddress peer = request.request().remoteAddress(); // null on a Unix domain socket
    afterDelay(peer == null ? "" : peer.hostAddress(), OF_ADDRESS, refusal);
  }

  /// Refuses something that a person did too often.
  ///
  /// @param refusal runs now or later on the same event loop
  public void afterDelay(Share share, Runnable refusal) {
    afterDelay(share, OF_PERSON, refusal);
  }

  private void afterDelay(Object client, int immediate, Runnable refusal) {
    long now = System.nanoTime();
    TokenBucket bucket = buckets.get(client, _ -> new TokenBucket(immediate, REFILL, now));
    if (bucket.tryTake(now)) {
      refusal.run();
    } else if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      refusal.run();
    } else {
      meters.refusalDelayed();
      vertx.setTimer(
          DELAY.toMillis(),
          _ -> {
            waiting.decrementAndGet();
            refusal.run();
          });
    }
  }
}
