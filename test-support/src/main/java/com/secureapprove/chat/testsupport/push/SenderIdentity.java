package com.secureapprove.chat.testsupport.push;

import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/// Checks the headers of a message as push services do.
final class SenderIdentity {
  private static final Pattern VAPID = Pattern.compile("vapid t=([\\w.-]+), k=([\\w-]+)");
  private static final int ONE_DAY_MINUTES = 24 * 60;

  private SenderIdentity() {}

  /// @throws Exception if a header is missing or wrong
  static void verify(Map<String, String> headers, String endpoint, String publicKey)
      throws Exception {
    require("aes128gcm".equals(headers.get("content-encoding")), "content-encoding");
    require(headers.getOrDefault("ttl", "").matches("\\d+"), "ttl");
    require(headers.getOrDefault("topic", "").matches("[\\w-]{1,32}"), "topic");
    Matcher vapid = VAPID.matcher(headers.getOrDefault("authorization", ""));
    require(vapid.matches(), "authorization");
    require(vapid.group(2).equals(publicKey), "another application server key");
    URI address = URI.create(endpoint);
    JwtClaims claims =
        new JwtConsumerBuilder()
            .setVerificationKey(P256Keys.publicKey(Base64.getUrlDecoder().decode(publicKey)))
            .setJwsAlgorithmConstraints(
                AlgorithmConstraints.ConstraintType.PERMIT,
                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
            .setExpectedAudience(address.getScheme() + "://" + address.getAuthority())
            .setRequireExpirationTime()
            .setMaxFutureValidityInMinutes(ONE_DAY_MINUTES)
            .setRequireSubject()
            .build()
            .processToClaims(vapid.group(1));
    require(claims.getSubject().startsWith("mailto:"), "sub");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("wrong " + what);
    }
  }
}
