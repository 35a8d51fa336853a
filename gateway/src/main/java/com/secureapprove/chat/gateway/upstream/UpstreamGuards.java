package com.secureapprove.chat.gateway.upstream;

import com.secureapprove.chat.gateway.limits.FairPermits;
import com.secureapprove.chat.gateway.limits.FairPermits.Permit;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Bulkhead, timeout and circuit breaker per upstream and kind of call. An upstream that hangs then
/// cannot block calls to the others, and one person's calls cannot block those of others.
///
/// Waiting for a permit of the bulkhead does not count as the upstream's time.
@Singleton
public class UpstreamGuards {
  private static final Duration OWN_TIMEOUT = Duration.ofSeconds(8);

  /// An upstream continues a call for about this long after the gateway has cancelled it.
  private static final Duration CANCELLED = Duration.ofSeconds(1);

  /// The longest time for which a response that the client reads slowly holds its permit.
  private static final Duration DELIVERY = Duration.ofMinutes(5);

  private record GuardKey(Upstream upstream, CallKind kind) {}

  /// @param circuits null for calls whose duration depends on the client
  private record Guard(FairPermits permits, @Nullable Circuits circuits, Runnable onRefused) {}

  /// The client disconnected during the call. This is no failure of the upstream.
  public static final class ClientDisconnected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientDisconnected() {
      super("The client disconnected", null, false, false);
    }
  }

  private final Vertx vertx;
  private final CallsConfig config;
  private final Map<GuardKey, Guard> guards = new HashMap<>();

  UpstreamGuards(Vertx vertx, CallsConfig config, GatewayMeters meters) {
    this.vertx = vertx;
    this.config = config;
    for (Upstream upstream : Upstream.values()) {
      for (CallKind kind : CallKind.values()) {
        meters.registerCalls(upstream.toString(), kind.toString());
        guards.put(new GuardKey(upstream, kind), guard(upstream, kind, meters));
      }
    }
  }

  private Guard guard(Upstream upstream, CallKind kind, GatewayMeters meters) {
    int permits = kind.maxConcurrent();
    FairPermits.Size size =
        new FairPermits.Size(
            permits,
            Math.max(1, permits / config.tenantShare()),
            Math.max(1, permits / config.personShare()),
            kind.maxQueued(),
            config.waitingPerPerson());
    Runnable onRefused = () -> meters.callRefused(upstream.toString(), kind.toString());
    return new Guard(
        new FairPermits(vertx, size), circuits(upstream, kind, meters, onRefused), onRefused);
  }

  private @Nullable Circuits circuits(
      Upstream upstream, CallKind kind, GatewayMeters meters, Runnable onPrevented) {
    Duration timeout =
        switch (kind) {
          case OWN -> OWN_TIMEOUT;
          case SEND, FORWARDED, LIST -> config.forwardedWithin();
          case UPLOAD -> null;
        };
    return timeout == null
        ? null
        : new Circuits(
            upstream + " " + kind,
            timeout,
            config,
            meters.circuit(upstream.toString(), kind.toString()),
            onPrevented);
  }

  /// Makes a call on the caller's event loop, when the bulkhead has a permit for the share. The
  /// future completes on that event loop. It fails as the call fails, with a [ProblemException] if
  /// the bulkhead refused the call, or with an exception of the circuit breaker or the timeout.
  public <T> Future<T> call(
      Upstream upstream, CallKind kind, Share share, Supplier<Future<T>> call) {
    return call(upstream, kind, share, call, Future.succeededFuture());
  }

  /// Makes a call that holds its permit until the response has reached the client.
  ///
  /// @param delivered completes when the client has received the response or has disconnected
  public <T> Future<T> call(
      Upstream upstream,
      CallKind kind,
      Share share,
      Supplier<Future<T>> call,
      Future<?> delivered) {
    Context context = vertx.getOrCreateContext();
    Guard guard = guards.get(new GuardKey(upstream, kind));
    if (guard == null) {
      throw new IllegalStateException("No guard for " + upstream + " " + kind);
    }
    Promise<T> result = Promise.promise();
    guard
        .permits()
        .acquire(
            share, kind == CallKind.UPLOAD ? config.uploadWaitingWithin() : config.waitingWithin())
        .onFailure(refusal -> {
          guard.onRefused().run();
          context.runOnContext(_ -> result.fail(refusal));
        })
        .onSuccess(permit -> {
          Future<T> outcome = guarded(guard, share, context, call);
          outcome.onComplete(result);
          Future.join(outcome, delivered).onComplete(_ -> release(permit, outcome));
          outcome.onComplete(_ -> releaseAfter(DELIVERY, permit, delivered));
        });
    return result.future();
  }

  @SuppressWarnings("unchecked")
  private static <T> Future<T> guarded(
      Guard guard, Share share, Context context, Supplier<Future<T>> call) {
    Supplier<CompletionStage<Object>> start = () -> started(context, call).toCompletionStage();
    Circuits circuits = guard.circuits();
    CompletionStage<?> outcome =
        circuits == null ? start.get() : circuits.call(share.tenant(), start);
    return Future.fromCompletionStage((CompletionStage<T>) outcome, context);
  }

  private void releaseAfter(Duration limit, Permit permit, Future<?> delivered) {
    if (!delivered.isComplete()) {
      long timer = vertx.setTimer(limit.toMillis(), _ -> permit.release());
      delivered.onComplete(_ -> vertx.cancelTimer(timer));
    }
  }

  private void release(Permit permit, Future<?> outcome) {
    if (outcome.cause() instanceof ClientDisconnected) {
      vertx.setTimer(CANCELLED.toMillis(), _ -> permit.release());
    } else {
      permit.release();
    }
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
