package com.secureapprove.chat.testsupport.access;

import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.secureapprove.chat.testsupport.issuer.HmacToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// Internal tokens of a component that no other component may accept.
final class ForgedTokens {
  private final String from;
  private final String audience;
  private final String tenant;

  ForgedTokens(String from, String audience, String tenant) {
    this.from = from;
    this.audience = audience;
    this.tenant = tenant;
  }

  /// The tokens by their fault.
  Map<String, String> all() {
    try {
      PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(keyFile()));
      PublicJsonWebKey foreign = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      foreign.setKeyId(key.getKeyId());
      String good = signed(claims(audience, 60), key);
      Map<String, String> forged = new LinkedHashMap<>();
      forged.put("of a foreign key", signed(claims(audience, 60), foreign));
      HmacToken.formsOfKey()
          .forEach((form, secret) ->
              forged.put(
                  "with the public key (" + form + ") as a shared secret",
                  new HmacToken(secret.apply((PublicKey) key.getKey()))
                      .of(claims(audience, 60), key.getKeyId())));
      forged.put("expired", signed(claims(audience, -120), key));
      forged.put("valid for an hour", signed(claims(audience, 3_600), key));
      forged.put("for another component", signed(claims(other(), 60), key));
      forged.put("without a signature", unsigned(good));
      forged.put("with another tenant", tampered(good));
      forged.put("of an unknown component", signed(claims(audience, 60, "nobody"), key));
      return forged;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path keyFile() {
    return Path.of(
        Objects.requireNonNull(
            BackingServices.shared().settingsFor(from, "none").get("chat.internal.key-file")));
  }

  private String other() {
    return InternalKeys.COMPONENTS.stream()
        .filter(component -> !component.equals(audience))
        .findFirst()
        .orElseThrow();
  }

  private JwtClaims claims(String receiver, int seconds) {
    return claims(receiver, seconds, from);
  }

  private JwtClaims claims(String receiver, int seconds, String issuer) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(receiver);
    NumericDate now = NumericDate.now();
    claims.setIssuedAt(NumericDate.fromSeconds(now.getValue() + Math.min(0, seconds) - 1));
    claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + seconds));
    claims.setStringClaim("tenant", tenant);
    return claims;
  }

  private static String signed(JwtClaims claims, PublicJsonWebKey key) throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setKey(key.getPrivateKey());
    return signature.getCompactSerialization();
  }

  private static String unsigned(String token) {
    return encoded("{\"alg\":\"none\"}") + "." + token.split("\\.", -1)[1] + ".";
  }

  private String tampered(String token) {
    String[] parts = token.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    return parts[0] + "." + encoded(claims.replace(tenant, "another")) + "." + parts[2];
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
