package com.secureapprove.chat.notification.encryption;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts a message for one subscription: `aes128gcm` (RFC 8188) with the keys of RFC 8291, in
/// one record. The push service cannot read it.
public final class PushEncryption {
  /// The longest plain text, so that the body has at most 4,096 bytes.
  public static final int MAX_BYTES = 3_993;

  private static final int RECORD_SIZE = 4_096;
  private static final int SALT = 16;
  private static final byte LAST_RECORD = 2;
  private static final String HMAC = "HmacSHA256";

  private PushEncryption() {}

  /// @return the body of the request to the push service
  /// @throws GeneralSecurityException if a key of the subscription is invalid
  public static byte[] encrypt(byte[] plain, UserAgentKeys receiver)
      throws GeneralSecurityException {
    // Not in a static field: a native image would keep the state of its build.
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    return encrypt(plain, receiver, P256.generate(), salt);
  }

  static byte[] encrypt(byte[] plain, UserAgentKeys receiver, KeyPair sender, byte[] salt)
      throws GeneralSecurityException {
    if (plain.length > MAX_BYTES) {
      throw new IllegalArgumentException("The message is too long");
    }
    byte[] senderKey = P256.uncompressed((ECPublicKey) sender.getPublic());
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(sender.getPrivate());
    agreement.doPhase(P256.publicKey(receiver.key()), true);
    byte[] keyInfo = concatenated(ascii("WebPush: info\0"), receiver.key(), senderKey);
    byte[] input = hkdf(receiver.auth(), agreement.generateSecret(), keyInfo, 32);
    byte[] key = hkdf(salt, input, ascii("Content-Encoding: aes128gcm\0"), 16);
    byte[] nonce = hkdf(salt, input, ascii("Content-Encoding: nonce\0"), 12);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    byte[] encrypted = cipher.doFinal(concatenated(plain, new byte[] {LAST_RECORD}));
    byte[] header =
        ByteBuffer.allocate(SALT + Integer.BYTES + 1)
            .put(salt)
            .putInt(RECORD_SIZE)
            .put((byte) senderKey.length)
            .array();
    return concatenated(header, senderKey, encrypted);
  }

  /// HKDF with SHA-256 (RFC 5869) for at most 32 bytes.
  private static byte[] hkdf(byte[] salt, byte[] input, byte[] info, int length)
      throws GeneralSecurityException {
    byte[] pseudoRandom = hmac(salt, input);
    return Arrays.copyOf(hmac(pseudoRandom, concatenated(info, new byte[] {1})), length);
  }

  private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac.doFinal(data);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
