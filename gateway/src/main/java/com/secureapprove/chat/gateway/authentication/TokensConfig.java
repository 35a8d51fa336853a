package com.secureapprove.chat.gateway.authentication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How tokens of issuers are verified.
@ConfigMapping(prefix = "chat.tokens")
interface TokensConfig {

  /// How far the clocks of an issuer and the gateway may differ: the leeway for `nbf`, `exp` and
  /// `iat`.
  @WithDefault("60s")
  Duration leeway();

  /// The shortest time between two look-ups of an issuer's keys. A token with an unknown key causes
  /// a look-up.
  @WithDefault("2s")
  Duration keyLookupInterval();
}
