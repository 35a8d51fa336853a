package com.secureapprove.chat.gateway.authentication;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The secret that all gateway replicas share for browser sessions. Each use gets its own derived
/// key.
@Singleton
class SessionSecret {
  private static final int MIN_LENGTH = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] secret;

  SessionSecret(@ConfigProperty(name = "chat.session-secret") String secret) {
    if (secret.length() < MIN_LENGTH) {
      throw new IllegalStateException(
          "chat.session-secret must have at least " + MIN_LENGTH + " characters");
    }
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /// The key for one use: 43 characters of base64url.
  String derive(String use) {
    return mac("key:" + use);
  }

  /// The message authentication code of a text, for one use.
  String sign(String use, String text) {
    return mac("sign:" + use + ":" + text);
  }

  private String mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
