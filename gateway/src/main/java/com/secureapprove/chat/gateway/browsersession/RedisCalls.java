package com.secureapprove.chat.gateway.browsersession;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// What Redis answers, or what is to be believed where it does not in time.
final class RedisCalls {
  private static final Logger LOG = Logger.getLogger(RedisCalls.class);
  private static final Duration LIMIT = Duration.ofMillis(500);

  private RedisCalls() {}

  static <T> Future<T> of(Supplier<Uni<T>> question, Supplier<T> otherwise) {
    Promise<T> promise = Promise.promise();
    Uni.createFrom()
        .deferred(question::get)
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .subscribe()
        .with(
            promise::complete,
            failure -> {
              LOG.warnf("sessions_unreachable reason=%s", failure.getMessage());
              promise.complete(otherwise.get());
            });
    return promise.future();
  }
}
