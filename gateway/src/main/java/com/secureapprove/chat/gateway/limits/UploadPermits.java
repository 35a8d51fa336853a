package com.secureapprove.chat.gateway.limits;

import com.secureapprove.chat.gateway.http.RequestEnd;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Limits the large request bodies that one person sends at the same time, and how long each may
/// take. Otherwise clients that send slowly could occupy all upload permits of attachment-service.
@Singleton
public class UploadPermits {
  private static final int RETRY_AFTER_SECONDS = 5;
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final LimitsConfig config;
  private final Permits<Share> permits;

  UploadPermits(Vertx vertx, LimitsConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.permits = new Permits<>(config.uploadsAtATime());
  }

  /// Holds a permit until the request ends. Closes the connection if the request takes too long.
  ///
  /// @throws ProblemException 429 if the person has no free permit
  public void acquire(RoutingContext request, Share share) {
    if (!permits.tryAcquire(share)) {
      throw ProblemException.retryAfter(
          Problem.RATE_LIMITED, "Too many uploads at the same time", RETRY_AFTER_SECONDS);
    }
    long start = System.nanoTime();
    long timer =
        vertx.setPeriodic(
            CHECK_INTERVAL.toMillis(),
            _ -> {
              if (isTooSlow(request, Duration.ofNanos(System.nanoTime() - start))) {
                request.request().connection().close();
              }
            });
    RequestEnd.of(request)
        .onComplete(_ -> {
          vertx.cancelTimer(timer);
          permits.release(share);
        });
  }

  private boolean isTooSlow(RoutingContext request, Duration elapsed) {
    if (request.request().isEnded()) {
      return false; // the upstream is at work
    }
    long needed = config.uploadRate().asLongValue() * elapsed.toSeconds();
    return elapsed.compareTo(config.uploadWithin()) > 0
        || (elapsed.compareTo(config.uploadRateAfter()) > 0
            && request.request().bytesRead() < needed);
  }
}
