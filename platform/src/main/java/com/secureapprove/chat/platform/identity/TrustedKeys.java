package com.secureapprove.chat.platform.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/// Reads the public keys of all components.
final class TrustedKeys {
  private TrustedKeys() {}

  /// The keys by component.
  ///
  /// @throws IllegalStateException if the file holds no JWK sets
  static Map<String, JsonWebKeySet> of(InternalConfig config, ObjectMapper json) {
    Map<String, JsonWebKeySet> keys = new HashMap<>();
    try {
      JsonNode trust = json.readTree(Files.readString(config.trustFile()));
      for (Map.Entry<String, JsonNode> entry : trust.properties()) {
        keys.put(entry.getKey(), new JsonWebKeySet(entry.getValue().toString()));
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("chat.internal.trust-file cannot be read", e);
    } catch (JoseException e) {
      throw new IllegalStateException("chat.internal.trust-file holds no JWK sets", e);
    }
  }

  /// A verifier of tokens that a component signed for an audience. They must have an end.
  static JwtConsumerBuilder consumer(String issuer, String audience, JsonWebKeySet keys) {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(
                ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
        .setExpectedIssuer(issuer)
        .setExpectedAudience(audience)
        .setRequireExpirationTime();
  }
}
