package com.secureapprove.chat.gateway.limits;

import java.time.Duration;
import java.util.Locale;

/// What is limited, and over which time.
public enum Limit {
  MESSAGES(Duration.ofMinutes(1)),
  CONVERSATIONS(Duration.ofHours(1)),
  UPLOADS(Duration.ofMinutes(1));

  private final Duration window;

  Limit(Duration window) {
    this.window = window;
  }

  Duration window() {
    return window;
  }

  /// Whether an attempt that was answered so counts. A repeat that finds its message costs nothing,
  /// nor what was refused; but the bytes of a refused file have been taken in, and only our own
  /// failure makes up for them.
  public boolean counts(int status) {
    return switch (this) {
      case MESSAGES, CONVERSATIONS -> status == 201;
      case UPLOADS -> status < 500;
    };
  }

  int most(LimitsConfig config) {
    return switch (this) {
      case MESSAGES -> config.messagesPerMinute();
      case CONVERSATIONS -> config.conversationsPerHour();
      case UPLOADS -> config.uploadsPerMinute();
    };
  }

  /// Its name in keys.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
