package com.secureapprove.chat.gateway.upstream;

import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Keeps a part that hangs from taking the rest along: so many calls of a kind to it at a time, so
/// many that wait, and none for a while where it does not answer.
///
/// Only what was not answered counts against a part. A refusal, also one because something behind
/// the part is down, is an answer.
@Singleton
public class UpstreamGuards {
  private static final double HALF = 0.5;
  private static final Duration OWN_WITHIN = Duration.ofSeconds(8);

  private record Guarded(Upstream part, CallKind kind) {}

  /// A call whose caller is gone, which says nothing about the part.
  public static final class CallerGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CallerGone() {
      super("The caller is gone", null, false, false);
    }
  }

  private final Vertx vertx;
  private final Map<Guarded, TypedGuard<CompletionStage<Object>>> guards = new HashMap<>();

  UpstreamGuards(Vertx vertx, CallsConfig config, GatewayMeters meters) {
    this.vertx = vertx;
    for (Upstream part : Upstream.values()) {
      for (CallKind kind : CallKind.values()) {
        guards.put(new Guarded(part, kind), guard(part, kind, config, meters));
      }
    }
  }

  private static TypedGuard<CompletionStage<Object>> guard(
      Upstream part, CallKind kind, CallsConfig config, GatewayMeters meters) {
    TypedGuard.Builder<CompletionStage<Object>> guard =
        TypedGuard.create(
                new TypeLiteral<CompletionStage<Object>>() {
                  private static final long serialVersionUID = 1L;
                })
            .withDescription(part + " " + kind)
            .withBulkhead()
            .limit(kind.atATime())
            .queueSize(kind.waiting())
            .onRejected(() -> meters.callRefused(part.toString(), kind.toString()))
            .done();
    return switch (kind) {
      case OWN -> broken(guard, OWN_WITHIN, part, kind, config, meters).build();
      case FORWARDED -> broken(guard, config.forwardedWithin(), part, kind, config, meters).build();
      case UPLOAD -> guard.build();
    };
  }

  private static TypedGuard.Builder<CompletionStage<Object>> broken(
      TypedGuard.Builder<CompletionStage<Object>> guard,
      Duration within,
      Upstream part,
      CallKind kind,
      CallsConfig config,
      GatewayMeters meters) {
    AtomicInteger state = meters.circuit(part.toString(), kind.toString());
    return guard
        .withTimeout()
        .duration(within.toMillis(), ChronoUnit.MILLIS)
        .done()
        .withCircuitBreaker()
        .requestVolumeThreshold(config.lookAt())
        .failureRatio(HALF)
        .delay(config.pause().toMillis(), ChronoUnit.MILLIS)
        .when(failure -> !(failure instanceof ProblemException || failure instanceof CallerGone))
        .onStateChange(now -> state.set(number(now)))
        .onPrevented(() -> meters.callRefused(part.toString(), kind.toString()))
        .done();
  }

  private static int number(CircuitBreakerState state) {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }

  /// Makes a call on the caller's event loop, now or when its turn comes, and completes there.
  /// Fails with what the call fails with, or with an exception of the guard where it was not made
  /// or took too long.
  public <T> Future<T> call(Upstream part, CallKind kind, Supplier<Future<T>> call) {
    Context context = vertx.getOrCreateContext();
    @SuppressWarnings("unchecked")
    CompletionStage<T> outcome =
        (CompletionStage<T>)
            guardOf(part, kind).get(() -> begun(context, call).toCompletionStage());
    return Future.fromCompletionStage(outcome, context);
  }

  private TypedGuard<CompletionStage<Object>> guardOf(Upstream part, CallKind kind) {
    return Objects.requireNonNull(guards.get(new Guarded(part, kind)));
  }

  private static <T> Future<Object> begun(Context context, Supplier<Future<T>> call) {
    Promise<Object> promise = Promise.promise();
    context.runOnContext(_ -> {
      try {
        call.get().<Object>map(answer -> answer).onComplete(promise);
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }
}
