package com.secureapprove.chat.testsupport.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/// Tokens that are signed with a shared secret (HS256). With a public key as the secret they show
/// whether a verifier lets the token choose the algorithm.
public record HmacToken(byte[] secret) {

  /// The forms of a public key that a verifier might use as a secret, by name.
  public static Map<String, Function<PublicKey, byte[]>> formsOfKey() {
    Map<String, Function<PublicKey, byte[]>> forms = new LinkedHashMap<>();
    forms.put("DER", PublicKey::getEncoded);
    forms.put("PEM", HmacToken::pem);
    return forms;
  }

  private static byte[] pem(PublicKey key) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return ("-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n")
        .getBytes(US_ASCII);
  }

  /// The token with these claims.
  public String of(JwtClaims claims, String keyId) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setKeyIdHeaderValue(keyId);
    signature.setKey(new HmacKey(secret));
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
