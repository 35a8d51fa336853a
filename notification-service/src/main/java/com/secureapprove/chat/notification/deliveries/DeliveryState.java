package com.secureapprove.chat.notification.deliveries;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The state of a delivery.
enum DeliveryState {
  /// It waits for its next attempt, or one is under way.
  PENDING,
  /// The receiver accepted it.
  DELIVERED,
  /// All attempts failed, or its endpoint was disabled.
  DEAD;

  static Optional<DeliveryState> ofWireName(String name) {
    return Arrays.stream(values()).filter(state -> state.toString().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
