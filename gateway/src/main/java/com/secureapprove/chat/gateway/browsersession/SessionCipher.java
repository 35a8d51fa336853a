package com.secureapprove.chat.gateway.browsersession;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/// Encrypts what the gateway stores about a browser session. The key of each session is derived
/// from the gateway's secret and the session's id, so neither Redis nor one cookie suffices.
@Singleton
public class SessionCipher {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SessionSecret secret;
  private final SecureRandom random = new SecureRandom();

  SessionCipher(SessionSecret secret) {
    this.secret = secret;
  }

  /// A new random id of 256 bits: 43 characters of base64url.
  public String newId() {
    byte[] id = new byte[32];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  public String encrypt(String id, String text) {
    try {
      byte[] nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.ENCRYPT_MODE, key(id), new GCMParameterSpec(TAG_BITS, nonce));
      byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Encrypting a session failed", e);
    }
  }

  /// The text; empty if it was not encrypted for this id with this secret.
  public Optional<String> decrypt(String id, String encrypted) {
    try {
      byte[] all = Base64.getDecoder().decode(encrypted);
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(
          Cipher.DECRYPT_MODE, key(id), new GCMParameterSpec(TAG_BITS, all, 0, NONCE_BYTES));
      return Optional.of(
          new String(
              cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private SecretKey key(String id) {
    return secret.key("session:" + id);
  }
}
