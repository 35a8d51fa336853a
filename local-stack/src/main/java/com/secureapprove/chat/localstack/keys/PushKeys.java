package com.secureapprove.chat.localstack.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// The keys with which an installation identifies itself to push services (VAPID), in the usual
/// form: the uncompressed point and the scalar of P-256, in Base64url.
///
/// @param contact a `mailto:` or `https:` URL of the operator
public record PushKeys(String publicKey, String privateKey, String contact) {
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  /// The keys in this directory: the files `push-public-key`, `push-private-key` and
  /// `push-contact`. Creates missing keys and never changes existing ones. Threads take turns.
  public static synchronized PushKeys in(Path directory, String contact) {
    Path secret = directory.resolve("push-private-key");
    Path open = directory.resolve("push-public-key");
    Path reachedAt = directory.resolve("push-contact");
    try {
      if (!Files.exists(reachedAt) || !Files.readString(reachedAt).equals(contact)) {
        PrivateFiles.write(reachedAt, contact);
      }
      if (Files.exists(secret)) {
        return new PushKeys(Files.readString(open), Files.readString(secret), contact);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    PushKeys keys = generate(contact);
    PrivateFiles.write(open, keys.publicKey());
    PrivateFiles.write(secret, keys.privateKey());
    return keys;
  }

  private static PushKeys generate(String contact) {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      byte[] point =
          HexFormat.of()
              .parseHex(
                  "04%064x%064x"
                      .formatted(
                          key.getECPublicKey().getW().getAffineX(),
                          key.getECPublicKey().getW().getAffineY()));
      return new PushKeys(
          TEXT.encodeToString(point),
          String.valueOf(key.toParams(OutputControlLevel.INCLUDE_PRIVATE).get("d")),
          contact);
    } catch (JoseException problem) {
      throw new IllegalStateException("cannot create keys of Web Push", problem);
    }
  }
}
