package com.secureapprove.chat.notification.push;

import com.secureapprove.chat.notification.dispatching.RetrySchedule;
import com.secureapprove.chat.notification.encryption.PushEncryption;
import com.secureapprove.chat.notification.encryption.PushServer;
import com.secureapprove.chat.notification.metrics.NotificationMeters;
import com.secureapprove.chat.notification.metrics.NotificationMeters.Push;
import com.secureapprove.chat.notification.outbound.OutboundCalls;
import com.secureapprove.chat.notification.people.Receivers;
import com.secureapprove.chat.notification.subscriptions.Subscriptions;
import com.secureapprove.chat.platform.hash.Sha256;
import com.secureapprove.chat.platform.identity.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/// One attempt to send a delivery to the push service of a browser (RFC 8030), and what follows
/// from its outcome.
@Singleton
class PushAttempts {
  private static final Logger LOG = Logger.getLogger(PushAttempts.class);

  /// The longest allowed `Topic`.
  private static final int TOPIC_CHARACTERS = 32;

  private final OutboundCalls calls;
  private final Receivers receivers;
  private final PushServer server;
  private final PushMessages messages;
  private final Subscriptions subscriptions;
  private final PushConfig config;
  private final NotificationMeters meters;
  private final RetrySchedule schedule;
  private final Clock clock = Clock.systemUTC();

  PushAttempts(
      OutboundCalls calls,
      Receivers receivers,
      PushServer server,
      PushMessages messages,
      Subscriptions subscriptions,
      PushConfig config,
      NotificationMeters meters) {
    this.calls = calls;
    this.receivers = receivers;
    this.server = server;
    this.messages = messages;
    this.subscriptions = subscriptions;
    this.config = config;
    this.meters = meters;
    this.schedule = new RetrySchedule(config.firstDelay(), config.maxDelay(), config.expireAfter());
  }

  /// Sends a delivery and stores the outcome. Blocks until both are done.
  ///
  /// @throws Exception if the outcome could not be stored; the lease then ends by time
  void attempt(PushDelivery.Claimed delivery) throws Exception {
    Instant now = clock.instant();
    Push outcome;
    Optional<Duration> retryAfter = Optional.empty();
    if (!delivery.expiresAt().isAfter(now)) {
      outcome = Push.EXPIRED;
    } else if (delivery.wasOnline() && isOnline(delivery)) {
      outcome = Push.ONLINE;
    } else {
      OutboundCalls.Outcome answer =
          calls.post(delivery.endpoint(), headers(delivery, now), body(delivery));
      outcome = outcome(answer);
      if (answer instanceof OutboundCalls.Answered answered) {
        retryAfter = answered.retryAfter();
      }
    }
    Push result = lastAttempt(delivery, outcome) ? Push.EXPIRED : outcome;
    Duration delay = schedule.delay(delivery.attempt(), retryAfter, ThreadLocalRandom.current());
    Caller.callAs(
        delivery.tenant(),
        () -> {
          QuarkusTransaction.requiringNew().run(() -> store(delivery, result, delay));
          return null;
        });
    meters.pushed(result);
  }

  /// @throws Exception if presence-service does not answer; the delivery is repeated after its
  ///   lease
  private boolean isOnline(PushDelivery.Claimed delivery) throws Exception {
    return Caller.callAs(
        delivery.tenant(), () -> !receivers.online(List.of(delivery.userId())).isEmpty());
  }

  private boolean lastAttempt(PushDelivery.Claimed delivery, Push outcome) {
    return outcome == Push.FAILED && delivery.attempt() >= config.maxAttempts();
  }

  private Map<String, String> headers(PushDelivery.Claimed delivery, Instant now) {
    long left = Math.max(0, Duration.between(now, delivery.expiresAt()).toSeconds());
    return Map.of(
        "Content-Type",
        "application/octet-stream",
        "Content-Encoding",
        "aes128gcm",
        "TTL",
        Long.toString(left),
        "Urgency",
        "high",
        "Topic",
        topic(delivery),
        "Authorization",
        server.vapid().authorization(URI.create(delivery.endpoint()), now));
  }

  /// A push service keeps one message of a topic for a browser that is off: the last one of each
  /// conversation. The hash reveals nothing of the conversation.
  private static String topic(PushDelivery.Claimed delivery) {
    byte[] hash =
        Sha256.digest()
            .digest((delivery.auth() + delivery.conversationId()).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().encodeToString(hash).substring(0, TOPIC_CHARACTERS);
  }

  private static byte[] body(PushDelivery.Claimed delivery) {
    try {
      return PushEncryption.encrypt(
          delivery.payload().getBytes(StandardCharsets.UTF_8), delivery.keys());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The keys of a stored subscription are invalid", e);
    }
  }

  private static Push outcome(OutboundCalls.Outcome answer) {
    return switch (answer) {
      case OutboundCalls.Answered answered ->
          switch (answered.status()) {
            case 200, 201, 202, 204 -> Push.DELIVERED;
            case 404, 410 -> Push.GONE;
            case 400, 413 -> Push.REFUSED;
            default -> Push.FAILED;
          };
      case OutboundCalls.Unanswered _ -> Push.FAILED;
    };
  }

  private void store(PushDelivery.Claimed delivery, Push result, Duration delay) {
    switch (result) {
      case DELIVERED, EXPIRED, ONLINE -> messages.finish(delivery);
      case REFUSED -> {
        LOG.warnf(
            "push_refused tenant=%s subscription=%s", delivery.tenant(), delivery.subscriptionId());
        messages.finish(delivery);
      }
      case FAILED -> messages.retry(delivery, delay);
      case GONE -> {
        LOG.infof(
            "push_subscription_ended tenant=%s subscription=%s",
            delivery.tenant(), delivery.subscriptionId());
        subscriptions.remove(delivery.subscriptionId());
      }
    }
  }
}
