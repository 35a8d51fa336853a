package com.secureapprove.chat.notification.encryption;

import jakarta.inject.Singleton;
import java.util.Optional;

/// The identity of this installation towards push services, if Web Push is configured.
@Singleton
public class PushServer {
  private final Optional<Vapid> vapid;

  /// @throws IllegalArgumentException if a setting is missing or invalid, so that the start fails
  PushServer(PushServerConfig config) {
    if (config.privateKey().isEmpty()) {
      vapid = Optional.empty();
      return;
    }
    vapid =
        Optional.of(
            Vapid.of(
                required(config.publicKey(), "public-key"),
                config.privateKey().get(),
                required(config.contact(), "contact")));
  }

  private static String required(Optional<String> setting, String name) {
    return setting.orElseThrow(() ->
        new IllegalArgumentException(
            "chat.push.server.%s must be set with chat.push.server.private-key".formatted(name)));
  }

  /// Whether Web Push is configured.
  public boolean isConfigured() {
    return vapid.isPresent();
  }

  /// The identity.
  ///
  /// @throws java.util.NoSuchElementException if Web Push is not configured
  public Vapid vapid() {
    return vapid.orElseThrow();
  }
}
