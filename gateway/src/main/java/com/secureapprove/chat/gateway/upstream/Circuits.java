package com.secureapprove.chat.gateway.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The circuit breakers for one upstream and one kind of call, and the timeout of each call.
///
/// Each tenant has its own circuit breaker. So what fails for one tenant alone, such as its slow
/// queries, does not stop the calls of others. One more circuit breaker stops the calls of all
/// tenants. It counts a failure only if the failure before it was of another tenant.
final class Circuits {
  private static final double FAILURE_RATIO = 0.5;
  private static final int MAX_TENANTS = 1_000;
  private static final Duration IDLE = Duration.ofHours(1);
  private static final String ALL = "";

  /// A failure that the circuit breaker of all tenants does not count.
  private static final class OneTenantFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OneTenantFailed(Throwable cause) {
      super(null, cause, false, false);
    }
  }

  private final String description;
  private final Duration timeout;
  private final CallsConfig config;
  private final AtomicInteger gauge;
  private final Runnable onPrevented;
  private final TypedGuard<CompletionStage<Object>> ofAll;
  private final Cache<String, TypedGuard<CompletionStage<Object>>> ofTenants =
      Caffeine.newBuilder().maximumSize(MAX_TENANTS).expireAfterAccess(IDLE).build();

  /// The circuits that are not closed, with their value of the gauge.
  private final Map<String, Integer> notClosed = new ConcurrentHashMap<>();

  private final AtomicReference<String> lastFailed = new AtomicReference<>(ALL);

  /// @param timeout for each call
  /// @param gauge receives the worst state of the circuits: 0 closed, 1 half-open, 2 open
  /// @param onPrevented runs for each call that an open circuit prevents
  Circuits(
      String description,
      Duration timeout,
      CallsConfig config,
      AtomicInteger gauge,
      Runnable onPrevented) {
    this.description = description;
    this.timeout = timeout;
    this.config = config;
    this.gauge = gauge;
    this.onPrevented = onPrevented;
    this.ofAll = guard(ALL, UpstreamFailures::isFailure).build();
  }

  /// Makes a call, unless a circuit is open. Fails as the call fails, or with an exception of the
  /// circuit breaker or the timeout.
  CompletionStage<Object> call(String tenant, Supplier<CompletionStage<Object>> call) {
    return unmarked(ofAll.get(() -> marked(tenant, ofTenant(tenant).get(call::get))));
  }

  private TypedGuard<CompletionStage<Object>> ofTenant(String tenant) {
    return ofTenants.get(
        tenant,
        _ ->
            guard(tenant, UpstreamFailures::isFailure)
                .withTimeout()
                .duration(timeout.toMillis(), ChronoUnit.MILLIS)
                .done()
                .build());
  }

  private TypedGuard.Builder<CompletionStage<Object>> guard(
      String tenant, Predicate<Throwable> isFailure) {
    return TypedGuard.create(
            new TypeLiteral<CompletionStage<Object>>() {
              private static final long serialVersionUID = 1L;
            })
        .withDescription(description + " " + tenant)
        .withCircuitBreaker()
        .requestVolumeThreshold(config.lookAt())
        .failureRatio(FAILURE_RATIO)
        .delay(config.pause().toMillis(), ChronoUnit.MILLIS)
        .when(isFailure)
        .onStateChange(state -> changed(tenant, state))
        .onPrevented(onPrevented)
        .done();
  }

  /// Marks a failure that follows a failure of the same tenant.
  private CompletionStage<Object> marked(String tenant, CompletionStage<Object> outcome) {
    return withFailure(
        outcome,
        failure -> {
          boolean isRepeated =
              UpstreamFailures.isFailure(failure) && lastFailed.getAndSet(tenant).equals(tenant);
          return isRepeated ? new OneTenantFailed(failure) : failure;
        });
  }

  private static CompletionStage<Object> unmarked(CompletionStage<Object> outcome) {
    return withFailure(
        outcome,
        failure -> {
          Throwable cause = failure.getCause();
          return failure instanceof OneTenantFailed && cause != null ? cause : failure;
        });
  }

  /// The same outcome with another failure, which is not wrapped.
  private static CompletionStage<Object> withFailure(
      CompletionStage<Object> outcome, UnaryOperator<Throwable> change) {
    CompletableFuture<Object> changed = new CompletableFuture<>();
    outcome.whenComplete((answer, thrown) -> {
      if (thrown == null) {
        changed.complete(answer);
      } else {
        changed.completeExceptionally(change.apply(unwrapped(thrown)));
      }
    });
    return changed;
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private void changed(String tenant, CircuitBreakerState state) {
    switch (state) {
      case CLOSED -> notClosed.remove(tenant);
      case HALF_OPEN -> notClosed.put(tenant, 1);
      case OPEN -> notClosed.put(tenant, 2);
    }
    notClosed
        .keySet()
        .removeIf(known -> !known.equals(ALL) && !ofTenants.asMap().containsKey(known));
    gauge.set(notClosed.values().stream().mapToInt(Integer::intValue).max().orElse(0));
  }
}
