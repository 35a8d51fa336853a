package com.secureapprove.chat.testsupport.push;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The subscription of one browser, with the private key that only the browser has.
public final class BrowserSubscription {
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final String endpoint;
  private final KeyPair keys;
  private final byte[] auth;

  private BrowserSubscription(String endpoint, KeyPair keys, byte[] auth) {
    this.endpoint = endpoint;
    this.keys = keys;
    this.auth = auth;
  }

  static BrowserSubscription of(String endpoint) {
    try {
      byte[] auth = new byte[16];
      new SecureRandom().nextBytes(auth);
      return new BrowserSubscription(endpoint, P256Keys.generate(), auth);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The URL of the push service for this browser.
  public String endpoint() {
    return endpoint;
  }

  public String p256dh() {
    return TEXT.encodeToString(P256Keys.point(keys.getPublic()));
  }

  public String auth() {
    return TEXT.encodeToString(auth);
  }

  /// The body with which the browser's person subscribes.
  public Map<String, Object> request(String language, String page) {
    return Map.of(
        "endpoint",
        endpoint,
        "keys",
        Map.of("p256dh", p256dh(), "auth", auth()),
        "language",
        language,
        "page",
        page);
  }

  /// Decrypts a message of one record (RFC 8188, RFC 8291).
  String decrypt(byte[] body) throws GeneralSecurityException {
    ByteBuffer in = ByteBuffer.wrap(body);
    byte[] salt = new byte[16];
    in.get(salt);
    int recordSize = in.getInt();
    byte[] sender = new byte[in.get()];
    in.get(sender);
    byte[] encrypted = new byte[in.remaining()];
    in.get(encrypted);
    if (encrypted.length > recordSize || body.length > 4_096) {
      throw new GeneralSecurityException("too long");
    }
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(keys.getPrivate());
    agreement.doPhase(P256Keys.publicKey(sender), true);
    ByteBuffer info = ByteBuffer.allocate(14 + 65 + 65);
    info.put("WebPush: info\0".getBytes(StandardCharsets.US_ASCII));
    info.put(P256Keys.point(keys.getPublic())).put(sender);
    byte[] secret = hkdf(auth, agreement.generateSecret(), info.array(), 32);
    byte[] key = hkdf(salt, secret, ascii("Content-Encoding: aes128gcm\0"), 16);
    byte[] nonce = hkdf(salt, secret, ascii("Content-Encoding: nonce\0"), 12);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    byte[] padded = cipher.doFinal(encrypted);
    int end = padded.length;
    while (padded[--end] == 0) {}
    if (padded[end] != 2) {
      throw new GeneralSecurityException("not the last record");
    }
    return new String(Arrays.copyOf(padded, end), StandardCharsets.UTF_8);
  }

  private static byte[] hkdf(byte[] salt, byte[] input, byte[] info, int length)
      throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(
            HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(input).thenExpand(info, length));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
