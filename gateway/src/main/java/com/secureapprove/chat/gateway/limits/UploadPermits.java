package com.secureapprove.chat.gateway.limits;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/// Requests that take as long as their client takes to send them. They are bounded for each person,
/// in number and in time, so that nobody who dribbles can hold all the places of everybody.
@Singleton
public class UploadPermits {
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Vertx vertx;
  private final LimitsConfig config;
  private final Permits<Person> places = new Permits<>();

  private record Person(String tenant, String id) {}

  UploadPermits(Vertx vertx, LimitsConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  /// Counts the request until it ends, and ends it by closing its connection where it takes too
  /// long.
  ///
  /// @throws ProblemException 429 where the person has as many under way as they may
  public void admit(RoutingContext request, String tenant, String userId) {
    Person person = new Person(tenant, userId);
    if (!places.take(person, config.uploadsAtATime())) {
      throw ProblemException.retryAfter(
          Problem.RATE_LIMITED, "Too many uploads at the same time", RETRY_AFTER_SECONDS);
    }
    long timer =
        vertx.setTimer(
            config.uploadWithin().toMillis(), _ -> request.request().connection().close());
    request.addEndHandler(_ -> {
      vertx.cancelTimer(timer);
      places.giveBack(person);
    });
  }
}
