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

/// Bulkhead, timeout and circuit breaker per upstream and kind of call. An upstream that hangs then
/// cannot block calls to the others.
///
/// Only missing responses count as failures of an upstream. A refusal is a response, even if a
/// dependency of the upstream caused it.
@Singleton
public class UpstreamGuards {
  private static final double FAILURE_RATIO = 0.5;
  private static final Duration OWN_TIMEOUT = Duration.ofSeconds(8);

  private record GuardKey(Upstream upstream, CallKind kind) {}

  /// The client disconnected during the call. This is no failure of the upstream.
  public static final class ClientDisconnected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientDisconnected() {
      super("The client disconnected", null, false, false);
    }
  }

  private final Vertx vertx;
  private final Map<GuardKey, TypedGuard<CompletionStage<Object>>> guards = new HashMap<>();

  UpstreamGuards(Vertx vertx, CallsConfig config, GatewayMeters meters) {
    this.vertx = vertx;
    for (Upstream upstream : Upstream.values()) {
      for (CallKind kind : CallKind.values()) {
        guards.put(new GuardKey(upstream, kind), guard(upstream, kind, config, meters));
      }
    }
  }

  private static TypedGuard<CompletionStage<Object>> guard(
      Upstream upstream, CallKind kind, CallsConfig config, GatewayMeters meters) {
    TypedGuard.Builder<CompletionStage<Object>> guard =
        TypedGuard.create(
                new TypeLiteral<CompletionStage<Object>>() {
                  private static final long serialVersionUID = 1L;
                })
            .withDescription(upstream + " " + kind)
            .withBulkhead()
            .limit(kind.maxConcurrent())
            .queueSize(kind.maxQueued())
            .onRejected(() -> meters.callRefused(upstream.toString(), kind.toString()))
            .done();
    return switch (kind) {
      case OWN -> withBreaker(guard, OWN_TIMEOUT, upstream, kind, config, meters).build();
      case FORWARDED ->
          withBreaker(guard, config.forwardedWithin(), upstream, kind, config, meters).build();
      case UPLOAD -> guard.build();
    };
  }

  private static TypedGuard.Builder<CompletionStage<Object>> withBreaker(
      TypedGuard.Builder<CompletionStage<Object>> guard,
      Duration timeout,
      Upstream upstream,
      CallKind kind,
      CallsConfig config,
      GatewayMeters meters) {
    AtomicInteger state = meters.circuit(upstream.toString(), kind.toString());
    return guard
        .withTimeout()
        .duration(timeout.toMillis(), ChronoUnit.MILLIS)
        .done()
        .withCircuitBreaker()
        .requestVolumeThreshold(config.lookAt())
        .failureRatio(FAILURE_RATIO)
        .delay(config.pause().toMillis(), ChronoUnit.MILLIS)
        .when(failure ->
            !(failure instanceof ProblemException || failure instanceof ClientDisconnected))
        .onStateChange(now -> state.set(gaugeValue(now)))
        .onPrevented(() -> meters.callRefused(upstream.toString(), kind.toString()))
        .done();
  }

  private static int gaugeValue(CircuitBreakerState state) {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }

  /// Makes a call on the caller's event loop, when the bulkhead has a free permit. The future
  /// completes on that event loop. It fails as the call fails, or with an exception of the guard if
  /// the call was rejected or timed out.
  public <T> Future<T> call(Upstream upstream, CallKind kind, Supplier<Future<T>> call) {
    Context context = vertx.getOrCreateContext();
    @SuppressWarnings("unchecked")
    CompletionStage<T> outcome =
        (CompletionStage<T>)
            guardOf(upstream, kind).get(() -> started(context, call).toCompletionStage());
    return Future.fromCompletionStage(outcome, context);
  }

  private TypedGuard<CompletionStage<Object>> guardOf(Upstream upstream, CallKind kind) {
    return Objects.requireNonNull(guards.get(new GuardKey(upstream, kind)));
  }

  private static <T> Future<Object> started(Context context, Supplier<Future<T>> call) {
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
