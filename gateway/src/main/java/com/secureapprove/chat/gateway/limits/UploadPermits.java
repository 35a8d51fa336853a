package com.secureapprove.chat.gateway.limits;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/// Limits the large request bodies that one person sends at the same time, and how long each may
/// take. Otherwise clients that send slowly could occupy all upload permits of attachment-service.
@Singleton
public class UploadPermits {
  private static final int RETRY_AFTER_SECONDS = 5;

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
    long timer =
        vertx.setTimer(
            config.uploadWithin().toMillis(), _ -> request.request().connection().close());
    request.addEndHandler(_ -> {
      vertx.cancelTimer(timer);
      permits.release(share);
    });
  }
}
