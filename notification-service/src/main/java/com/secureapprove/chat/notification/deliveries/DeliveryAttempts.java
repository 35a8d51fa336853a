package com.secureapprove.chat.notification.deliveries;

import com.secureapprove.chat.notification.dispatching.RetrySchedule;
import com.secureapprove.chat.notification.endpoints.WebhookEndpoint;
import com.secureapprove.chat.notification.metrics.NotificationMeters;
import com.secureapprove.chat.notification.metrics.NotificationMeters.Attempt;
import com.secureapprove.chat.notification.outbound.OutboundCalls;
import com.secureapprove.chat.platform.identity.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One attempt to send a delivery, and what follows from its outcome.
@Singleton
class DeliveryAttempts {
  private static final Logger LOG = Logger.getLogger(DeliveryAttempts.class);
  private static final int GONE = 410;
  private static final String ENDPOINT_DISABLED = "the endpoint was disabled";
  private static final String NONE_ACCEPTED =
      "All attempts of a delivery failed, and no other delivery was accepted meanwhile";

  /// What an attempt leads to.
  ///
  /// @param status of the response, if there was one
  /// @param error null if the receiver accepted the delivery
  private record Result(
      Attempt attempt, @Nullable Integer status, @Nullable String error, Duration retryIn) {}

  private final OutboundCalls calls;
  private final WebhookDeliveries deliveries;
  private final DeliveriesConfig config;
  private final NotificationMeters meters;
  private final RetrySchedule schedule;
  private final Clock clock = Clock.systemUTC();

  DeliveryAttempts(
      OutboundCalls calls,
      WebhookDeliveries deliveries,
      DeliveriesConfig config,
      NotificationMeters meters) {
    this.calls = calls;
    this.deliveries = deliveries;
    this.config = config;
    this.meters = meters;
    this.schedule =
        new RetrySchedule(config.firstDelay(), config.maxDelay(), config.maxRetryAfter());
  }

  /// Sends a delivery and stores the outcome. Blocks until both are done.
  ///
  /// @throws Exception if the outcome could not be stored; the lease then ends by time
  void attempt(ClaimedDelivery delivery) throws Exception {
    Instant now = clock.instant();
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "webhook-id",
            delivery.messageId(),
            "webhook-timestamp",
            Long.toString(now.getEpochSecond()),
            "webhook-signature",
            delivery.endpoint().signature(delivery.messageId(), now, delivery.payload()));
    OutboundCalls.Outcome outcome =
        calls.post(
            delivery.endpoint().url, headers, delivery.payload().getBytes(StandardCharsets.UTF_8));
    Result result = result(delivery, outcome);
    Caller.callAs(
        delivery.tenant(),
        () -> {
          QuarkusTransaction.requiringNew().run(() -> store(delivery, result));
          return null;
        });
    meters.attempted(result.attempt());
  }

  private Result result(ClaimedDelivery delivery, OutboundCalls.Outcome outcome) {
    return switch (outcome) {
      case OutboundCalls.Answered answered when answered.status() / 100 == 2 ->
          new Result(Attempt.DELIVERED, answered.status(), null, Duration.ZERO);
      case OutboundCalls.Answered answered when answered.status() == GONE ->
          new Result(Attempt.GONE, GONE, "the receiver answered 410", Duration.ZERO);
      case OutboundCalls.Answered answered ->
          failed(
              delivery,
              answered.status(),
              "the receiver answered " + answered.status(),
              answered.retryAfter());
      case OutboundCalls.Unanswered unanswered ->
          failed(delivery, null, unanswered.reason(), Optional.empty());
    };
  }

  private Result failed(
      ClaimedDelivery delivery,
      @Nullable Integer status,
      String error,
      Optional<Duration> retryAfter) {
    if (delivery.attempt() >= config.maxAttempts()) {
      return new Result(Attempt.DEAD, status, error, Duration.ZERO);
    }
    Duration delay = schedule.delay(delivery.attempt(), retryAfter, ThreadLocalRandom.current());
    return new Result(Attempt.FAILED, status, error, delay);
  }

  private void store(ClaimedDelivery delivery, Result result) {
    DeliveryState state =
        switch (result.attempt()) {
          case DELIVERED -> DeliveryState.DELIVERED;
          case FAILED -> DeliveryState.PENDING;
          case DEAD, GONE -> DeliveryState.DEAD;
        };
    // Before any delivery: two attempts that end the same endpoint would otherwise deadlock.
    Optional<WebhookEndpoint> endpoint =
        state == DeliveryState.DEAD ? locked(delivery) : Optional.empty();
    if (!deliveries.finish(delivery, state, result.retryIn(), result.status(), result.error())) {
      return;
    }
    switch (result.attempt()) {
      case DELIVERED -> {}
      case FAILED -> deliveries.dueWithin(result.retryIn());
      case GONE -> endpoint.ifPresent(each -> disable(each, "The receiver answered 410"));
      case DEAD -> {
        if (!deliveries.acceptedSince(delivery)) {
          endpoint.ifPresent(each -> disable(each, NONE_ACCEPTED));
        }
      }
    }
  }

  private static Optional<WebhookEndpoint> locked(ClaimedDelivery delivery) {
    return Optional.ofNullable(
        WebhookEndpoint.findById(delivery.endpoint().id, LockModeType.PESSIMISTIC_WRITE));
  }

  /// Ends the calls of an endpoint, so that its deliveries do not pile up.
  private void disable(WebhookEndpoint endpoint, String reason) {
    if (endpoint.disabledAt == null) {
      endpoint.disable(clock.instant().truncatedTo(ChronoUnit.MILLIS), reason);
      deliveries.endPending(endpoint.id, ENDPOINT_DISABLED);
      LOG.warnf("webhook_disabled tenant=%s endpoint=%s", endpoint.tenant, endpoint.id);
    }
  }
}
