package com.secureapprove.chat.notification.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;

/// The meters of webhooks, Web Push and mails. Every counter starts with 0. Thread-safe.
@Singleton
public class NotificationMeters {
  public static final String ATTEMPTS = "chat_webhook_attempts";
  public static final String UNDER_WAY = "chat_webhook_attempts_under_way";
  public static final String PUSHES = "chat_push_attempts";
  public static final String MAILS = "chat_mail_attempts";

  /// How an attempt of a delivery ended.
  public enum Attempt {
    /// The receiver accepted it.
    DELIVERED,
    /// It failed and is repeated.
    FAILED,
    /// It failed for the last time.
    DEAD,
    /// The receiver answered 410.
    GONE
  }

  /// How an attempt to notify a browser ended.
  public enum Push {
    /// The push service accepted it.
    DELIVERED,
    /// It failed and is repeated.
    FAILED,
    /// It is too old, or failed for the last time.
    EXPIRED,
    /// The push service answered 404 or 410, so the subscription was deleted.
    GONE,
    /// The push service refuses this message.
    REFUSED,
    /// The receiver is still online, so nothing was sent.
    ONLINE
  }

  /// How a look at a person with unread messages ended.
  public enum Mail {
    /// The mail server accepted a mail.
    SENT,
    /// It did not, and the mail is repeated.
    FAILED,
    /// It did not for the last time.
    DEAD,
    /// It takes no mail to this receiver.
    REFUSED,
    /// Nothing is unread any more, so nothing was sent.
    READ,
    /// The person is active, or got a mail before.
    POSTPONED,
    /// The directory has no usable address.
    UNREACHABLE;

    /// The value of the label.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final MeterRegistry registry;
  private final Map<Attempt, Counter> attempts = new EnumMap<>(Attempt.class);
  private final Map<Push, Counter> pushes = new EnumMap<>(Push.class);
  private final Map<Mail, Counter> mails = new EnumMap<>(Mail.class);

  NotificationMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Attempt attempt : Attempt.values()) {
      attempts.put(
          attempt,
          Counter.builder(ATTEMPTS)
              .description("Attempts to deliver a webhook, by outcome")
              .tag("outcome", attempt.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    for (Push outcome : Push.values()) {
      pushes.put(
          outcome,
          Counter.builder(PUSHES)
              .description("Attempts to notify a browser by Web Push, by outcome")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    for (Mail outcome : Mail.values()) {
      mails.put(
          outcome,
          Counter.builder(MAILS)
              .description("Looks at people with unread messages, by outcome")
              .tag("outcome", outcome.toString())
              .register(registry));
    }
  }

  public void mailed(Mail outcome) {
    Objects.requireNonNull(mails.get(outcome)).increment();
  }

  public void pushed(Push outcome) {
    Objects.requireNonNull(pushes.get(outcome)).increment();
  }

  public void attempted(Attempt attempt) {
    Objects.requireNonNull(attempts.get(attempt)).increment();
  }

  /// Registers the gauge of attempts that this replica makes at present.
  public void ofDispatcher(IntSupplier underWay) {
    Gauge.builder(UNDER_WAY, underWay::getAsInt)
        .description("Attempts to deliver a webhook that this replica makes at present")
        .register(registry);
  }
}
