package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.http.BearerTokens;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The provisioning tokens, each of one tenant.
@Singleton
class ProvisioningTokens {
  private static final int MIN_LENGTH = 32;

  private final Map<String, String> tokens;

  /// @throws IllegalStateException if a token is too short, or if two tenants have the same
  ProvisioningTokens(ProvisioningConfig config) {
    tokens = new TreeMap<>(config.tokens());
    Map<String, String> tenants = new HashMap<>();
    tokens.forEach((tenant, token) -> {
      if (token.length() < MIN_LENGTH) {
        throw new IllegalStateException(
            "chat.provisioning." + tenant + " must have at least " + MIN_LENGTH + " characters");
      }
      String other = tenants.putIfAbsent(token, tenant);
      if (other != null) {
        throw new IllegalStateException(
            "chat.provisioning.%s and chat.provisioning.%s are equal; each tenant needs its own token"
                .formatted(other, tenant));
      }
    });
  }

  /// The tenant of a provisioning token. Compares with all tokens, each in constant time.
  Optional<String> tenantOf(@Nullable String authorization) {
    byte[] given = BearerTokens.of(authorization).orElse("").getBytes(StandardCharsets.UTF_8);
    Optional<String> tenant = Optional.empty();
    for (Map.Entry<String, String> entry : tokens.entrySet()) {
      if (MessageDigest.isEqual(given, entry.getValue().getBytes(StandardCharsets.UTF_8))) {
        tenant = Optional.of(entry.getKey());
      }
    }
    return tenant;
  }
}
