package com.secureapprove.chat.gateway.browsersession;

import com.secureapprove.chat.platform.outage.Reason;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Calls Redis with a timeout and a fallback, so that browser sessions keep working without Redis.
final class RedisCalls {
  private static final Logger LOG = Logger.getLogger(RedisCalls.class);
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private RedisCalls() {}

  /// The reply of Redis, or the fallback if Redis fails or takes too long. Never fails.
  static <T> Future<T> withFallback(Supplier<Uni<T>> call, Supplier<T> fallback) {
    return UniHelper.toFuture(
        Uni.createFrom()
            .deferred(call::get)
            .ifNoItem()
            .after(TIMEOUT)
            .fail()
            .onFailure()
            .invoke(failure -> LOG.warnf("session_store_unavailable reason=%s", Reason.of(failure)))
            .onFailure()
            .recoverWithItem(fallback));
  }
}
