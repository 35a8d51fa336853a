package com.secureapprove.chat.gateway.upstream;

import java.util.Locale;

/// The services that the gateway calls.
public enum Upstream {
  CONVERSATION,
  MESSAGE,
  PRESENCE,
  ATTACHMENT,
  /// Optional: an installation may have no such service.
  NOTIFICATION;

  /// The service's name, as in the configuration and in the audience of internal tokens.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
