package com.secureapprove.chat.notification.endpoints;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A secret of Standard Webhooks: `whsec_` and 32 random bytes in Base64.
final class SigningSecret {
  private static final String PREFIX = "whsec_";
  private static final String VERSION = "v1,";
  private static final int BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private SigningSecret() {}

  static String generate() {
    // Not in a static field: a native image would keep the state of its build.
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /// The signature of a message: `v1,` and the HMAC of its id, time stamp and body.
  static String sign(String secret, String id, long timestamp, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      mac.init(new SecretKeySpec(key, ALGORITHM));
      String content = id + "." + timestamp + "." + body;
      byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
      return VERSION + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC with SHA-256 is missing", e);
    }
  }
}
