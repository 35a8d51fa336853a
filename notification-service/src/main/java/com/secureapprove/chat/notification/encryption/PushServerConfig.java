package com.secureapprove.chat.notification.encryption;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// How this installation identifies itself to the push services of browsers (VAPID). Without keys
/// there is no Web Push.
@ConfigMapping(prefix = "chat.push.server")
interface PushServerConfig {
  /// The public key for Web Push: a point of P-256 in Base64url, 65 bytes. The gateway needs the
  /// same value.
  Optional<String> publicKey();

  /// The private key for Web Push: 32 bytes in Base64url. A new pair ends all subscriptions.
  Optional<String> privateKey();

  /// A `mailto:` or `https:` URL at which the operators of push services reach yours.
  Optional<String> contact();
}
