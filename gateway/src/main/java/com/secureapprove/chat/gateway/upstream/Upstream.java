package com.secureapprove.chat.gateway.upstream;

import java.util.Locale;

/// The services behind the gateway.
public enum Upstream {
  CONVERSATION,
  MESSAGE,
  PRESENCE,
  ATTACHMENT;

  /// The part's name, as the audience of internal tokens and in the configuration.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
