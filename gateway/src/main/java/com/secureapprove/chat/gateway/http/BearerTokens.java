package com.secureapprove.chat.gateway.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads bearer tokens from `Authorization` headers (RFC 6750).
public final class BearerTokens {
  private static final String SCHEME = "Bearer ";

  private BearerTokens() {}

  /// The token; empty if the header is missing or has another scheme. The scheme is
  /// case-insensitive.
  public static Optional<String> of(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}
