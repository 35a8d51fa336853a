package com.secureapprove.chat.contracts;

import java.util.Locale;

/// How far a message has come: at others' sessions for its sender, at one's own for a recipient.
public enum MessageStatus {
  SENT,
  DELIVERED,
  READ;

  /// The name on the wire, such as `delivered`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
