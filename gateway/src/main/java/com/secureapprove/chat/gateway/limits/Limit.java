package com.secureapprove.chat.gateway.limits;

import java.time.Duration;
import java.util.Locale;

/// The actions whose rate is limited, each with its sliding window.
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

  /// Whether an attempt with this response status counts towards the limit. Only new messages and
  /// conversations count; repeats and refusals do not. Uploads count unless the server failed,
  /// because a refused file has used bandwidth.
  public boolean counts(int status) {
    return switch (this) {
      case MESSAGES, CONVERSATIONS -> status == 201;
      case UPLOADS -> status < 500;
    };
  }

  int max(LimitsConfig config) {
    return switch (this) {
      case MESSAGES -> config.messagesPerMinute();
      case CONVERSATIONS -> config.conversationsPerHour();
      case UPLOADS -> config.uploadsPerMinute();
    };
  }

  /// Its name in Redis keys.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
