package com.secureapprove.chat.notification.encryption;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// The identification of this installation towards push services (RFC 8292). Thread-safe.
public final class Vapid {
  /// At most 24 hours are allowed.
  private static final Duration LIFETIME = Duration.ofHours(12);

  private static final Pattern CONTACT = Pattern.compile("(mailto:[^\\s@]+@[^\\s@]+|https://\\S+)");

  private final PrivateKey key;
  private final String publicKey;
  private final String contact;

  private Vapid(PrivateKey key, String publicKey, String contact) {
    this.key = key;
    this.publicKey = publicKey;
    this.contact = contact;
  }

  /// @param publicKey an uncompressed point of P-256 in Base64url
  /// @param privateKey its 32 bytes in Base64url
  /// @param contact a `mailto:` or `https:` URL of the operator
  /// @throws IllegalArgumentException if one is invalid, or if the keys are no pair
  public static Vapid of(String publicKey, String privateKey, String contact) {
    if (!CONTACT.matcher(contact).matches()) {
      throw new IllegalArgumentException(
          "chat.push.server.contact must be a mailto: or https: URL");
    }
    try {
      PublicKey open = P256.publicKey(Base64Url.decode(publicKey));
      PrivateKey secret = P256.privateKey(Base64Url.decode(privateKey));
      Vapid vapid = new Vapid(secret, publicKey, contact);
      JsonWebSignature trial = new JsonWebSignature();
      trial.setCompactSerialization(vapid.token("https://push.example", Instant.now()));
      trial.setKey(open);
      if (trial.verifySignature()) {
        return vapid;
      }
      throw new IllegalArgumentException(
          "chat.push.server.public-key is not the public key of chat.push.server.private-key");
    } catch (GeneralSecurityException | JoseException e) {
      throw new IllegalArgumentException(
          "chat.push.server.public-key and private-key must be keys on P-256 in Base64url", e);
    }
  }

  /// The header `Authorization` for a push service.
  public String authorization(URI endpoint, Instant now) {
    String origin =
        endpoint.getScheme()
            + "://"
            + endpoint.getHost()
            + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    try {
      return "vapid t=" + token(origin, now) + ", k=" + publicKey;
    } catch (JoseException e) {
      throw new IllegalStateException("The identification cannot be signed", e);
    }
  }

  private String token(String audience, Instant now) throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setAudience(audience);
    claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFETIME).getEpochSecond()));
    claims.setSubject(contact);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setHeader("typ", "JWT");
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setKey(key);
    return signature.getCompactSerialization();
  }
}
