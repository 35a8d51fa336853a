package com.secureapprove.chat.gateway.limits;

import java.time.Duration;
import java.util.Locale;

/// The actions whose rate is limited, each with its sliding window.
public enum Limit {
  MESSAGES(Duration.ofMinutes(1)),
  CONVERSATIONS(Duration.ofHours(1)),
  UPLOADS(Duration.ofMinutes(1)),
  /// All other changes, and messages and conversations that were refused.
  CHANGES(Duration.ofMinutes(1)),
  /// What a service client publishes.
  NOTIFICATIONS(Duration.ofMinutes(1)),
  /// SCIM requests of a tenant's identity provider.
  PROVISIONING(Duration.ofMinutes(1)),
  /// Reads of missed events that are no longer in the memory of a gateway.
  MISSED_EVENTS(Duration.ofMinutes(1)),
  /// Typing signals in one conversation.
  TYPING(Duration.ofSeconds(1)),
  /// Reads over HTTP. The window is the length of a burst.
  READS(Duration.ofSeconds(10)),
  /// Frames and pings of all WebSocket connections of a person.
  FRAMES(Duration.ofSeconds(2)),
  /// WebSocket connections that are opened.
  CONNECTIONS(Duration.ofMinutes(1));

  private final Duration window;

  Limit(Duration window) {
    this.window = window;
  }

  Duration window() {
    return window;
  }

  /// What becomes of an attempt after its response.
  enum Settlement {
    COUNTS,
    GIVEN_BACK,
    /// Counts towards [#CHANGES] instead.
    COUNTS_AS_CHANGE
  }

  /// Whether an attempt with this response status counts towards the limit. Nothing counts if the
  /// server failed. New messages and conversations count; repeats do not; refusals count as other
  /// changes. Refused uploads count, because they have used bandwidth. A refused typing signal does
  /// not count, so that the next one gets the same response.
  Settlement settlement(int status) {
    if (status >= 500) {
      return Settlement.GIVEN_BACK;
    }
    return switch (this) {
      case MESSAGES, CONVERSATIONS ->
          status == 201
              ? Settlement.COUNTS
              : status < 400 ? Settlement.GIVEN_BACK : Settlement.COUNTS_AS_CHANGE;
      case TYPING -> status < 400 ? Settlement.COUNTS : Settlement.GIVEN_BACK;
      case UPLOADS,
          CHANGES,
          NOTIFICATIONS,
          PROVISIONING,
          MISSED_EVENTS,
          READS,
          FRAMES,
          CONNECTIONS ->
          Settlement.COUNTS;
    };
  }

  /// Whether an attempt may be counted after it was allowed, while the person is far below the
  /// limit. This is for the one action whose latency people notice.
  boolean isCountedLater() {
    return this == MESSAGES;
  }

  int max(LimitsConfig config) {
    return switch (this) {
      case MESSAGES -> config.messagesPerMinute();
      case CONVERSATIONS -> config.conversationsPerHour();
      case UPLOADS -> config.uploadsPerMinute();
      case CHANGES -> config.changesPerMinute();
      case NOTIFICATIONS -> config.notificationsPerMinute();
      case PROVISIONING -> config.provisioningPerMinute();
      case MISSED_EVENTS -> config.missedEventReadsPerMinute();
      case TYPING -> 1;
      case READS -> perWindow(config.readsPerSecond());
      case FRAMES -> perWindow(config.framesPerSecond());
      case CONNECTIONS -> config.connectionsPerMinute();
    };
  }

  private int perWindow(int perSecond) {
    return Math.toIntExact(perSecond * window.toSeconds());
  }

  /// Its name in Redis keys.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
