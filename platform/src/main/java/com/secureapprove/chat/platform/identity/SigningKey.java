package com.secureapprove.chat.platform.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.PrivateKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/// This component's private key.
record SigningKey(PrivateKey key, String id) {

  /// @throws IllegalStateException if the file has no private key with a `kid`
  static SigningKey of(InternalConfig config) {
    try {
      PublicJsonWebKey jwk =
          PublicJsonWebKey.Factory.newPublicJwk(Files.readString(config.keyFile()));
      if (jwk.getPrivateKey() == null || jwk.getKeyId() == null) {
        throw new IllegalStateException("chat.internal.key-file needs a private key and a kid");
      }
      return new SigningKey(jwk.getPrivateKey(), jwk.getKeyId());
    } catch (IOException e) {
      throw new UncheckedIOException("chat.internal.key-file cannot be read", e);
    } catch (JoseException e) {
      throw new IllegalStateException("chat.internal.key-file is not a private JWK", e);
    }
  }

  /// The claims as a signed token in compact form.
  String sign(JwtClaims claims) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setKey(key);
    jws.setKeyIdHeaderValue(id);
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("Signing a token failed", e);
    }
  }
}
