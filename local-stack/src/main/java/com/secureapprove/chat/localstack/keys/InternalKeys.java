package com.secureapprove.chat.localstack.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// The key pairs of the components, for internal tokens. `<component>.jwk` holds a component's
/// private key, `trust.json` the public keys of all. Keys are created on first use.
public final class InternalKeys {

  /// The names of all signers of internal tokens.
  public static final List<String> COMPONENTS =
      List.of(
          "gateway",
          "conversation",
          "message",
          "presence",
          "attachment",
          "notification",
          "local-stack");

  private static final int TOKEN_SECONDS = 60;

  private final Path directory;

  /// The keys in this directory. Creates missing keys and never changes existing ones.
  public InternalKeys(Path directory) {
    this(directory, COMPONENTS);
  }

  private InternalKeys(Path directory, List<String> signers) {
    this.directory = directory;
    Map<String, Object> trust = trust();
    List<String> missing =
        signers.stream()
            .filter(signer -> !trust.containsKey(signer) && !Files.exists(keyFile(signer)))
            .toList();
    if (!missing.isEmpty()) {
      PrivateFiles.directory(directory);
      generate(missing, trust);
    }
  }

  /// The public keys that exist. A directory of a former release has none of a new component.
  private Map<String, Object> trust() {
    if (!Files.exists(trustFile())) {
      return new LinkedHashMap<>();
    }
    try {
      return JsonUtil.parseJson(Files.readString(trustFile()));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (JoseException problem) {
      throw new IllegalStateException("%s is no JSON".formatted(trustFile()), problem);
    }
  }

  /// The same without a key of the local stack, for installations that are no demonstration.
  public static InternalKeys withoutLocalStack(Path directory) {
    return new InternalKeys(
        directory, COMPONENTS.stream().filter(signer -> !signer.equals("local-stack")).toList());
  }

  /// The file with a component's private key.
  public Path keyFile(String component) {
    return directory.resolve(component + ".jwk");
  }

  /// The file with the public keys of all components.
  public Path trustFile() {
    return directory.resolve("trust.json");
  }

  /// A token for calls from one component to another, for itself or on behalf of a user.
  ///
  /// @param from the calling component, whose key signs the token
  /// @param audience the called component
  /// @param user the user, or null for a call of the component itself
  public String token(String from, String audience, String tenant, @Nullable TokenUser user) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(from);
    claims.setAudience(audience);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(TOKEN_SECONDS / 60f);
    claims.setGeneratedJwtId();
    claims.setStringClaim("tenant", tenant);
    if (user != null) {
      claims.setSubject(user.id());
      claims.setStringClaim("caller", user.caller());
      claims.setStringClaim("name", user.name());
      claims.setStringClaim("email", user.email());
      claims.setStringListClaim("roles", user.roles());
    }
    try {
      PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(keyFile(from)));
      JsonWebSignature signature = new JsonWebSignature();
      signature.setPayload(claims.toJson());
      signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      signature.setKeyIdHeaderValue(key.getKeyId());
      signature.setKey(key.getPrivateKey());
      return signature.getCompactSerialization();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (JoseException problem) {
      throw new IllegalStateException("cannot sign a token of %s".formatted(from), problem);
    }
  }

  private void generate(List<String> signers, Map<String, Object> trust) {
    for (String component : signers) {
      EllipticCurveJsonWebKey key = newKey(component);
      PrivateFiles.write(keyFile(component), key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
      trust.put(component, Map.of("keys", List.of(key.toParams(OutputControlLevel.PUBLIC_ONLY))));
    }
    PrivateFiles.write(trustFile(), JsonUtil.toJson(trust));
  }

  private static EllipticCurveJsonWebKey newKey(String component) {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(
          component + "-" + key.calculateBase64urlEncodedThumbprint("SHA-256").substring(0, 8));
      key.setUse(Use.SIGNATURE);
      key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      return key;
    } catch (JoseException problem) {
      throw new IllegalStateException("cannot create a key for %s".formatted(component), problem);
    }
  }
}
