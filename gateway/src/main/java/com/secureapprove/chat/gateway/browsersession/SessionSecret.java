package com.secureapprove.chat.gateway.browsersession;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The secret that all gateway replicas share for browser sessions. Each use gets its own derived
/// key.
@Singleton
public class SessionSecret {
  private static final int MIN_LENGTH = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] secret;

  public SessionSecret(@ConfigProperty(name = "chat.session-secret") String secret) {
    if (secret.length() < MIN_LENGTH) {
      throw new IllegalStateException(
          "chat.session-secret must have at least " + MIN_LENGTH + " characters");
    }
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /// The key for one use: 43 characters of base64url.
  public String derive(String use) {
    return mac("key:" + use);
  }

  /// The message authentication code of a text, for one use.
  public String sign(String use, String text) {
    return mac("sign:" + use + ":" + text);
  }

  /// The AES key of 256 bits for one use.
  SecretKey key(String use) {
    return new SecretKeySpec(digest("key:" + use), "AES");
  }

  private String mac(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(text));
  }

  private byte[] digest(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
