package com.secureapprove.chat.gateway.calls;

import java.util.Locale;

/// The services behind the gateway.
public enum Part {
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
