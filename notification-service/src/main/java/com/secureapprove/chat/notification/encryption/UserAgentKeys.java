package com.secureapprove.chat.notification.encryption;

import java.security.GeneralSecurityException;

/// The keys that a browser made for a subscription.
///
/// @param key an uncompressed point of P-256
/// @param auth 16 bytes
// Arrays of a record are compared by identity, which no code does here.
@SuppressWarnings("ArrayRecordComponent")
public record UserAgentKeys(byte[] key, byte[] auth) {
  private static final int AUTH = 16;

  /// Parses the `keys` of a subscription.
  ///
  /// @throws GeneralSecurityException if one has a wrong form, or if the point is not on the curve
  public static UserAgentKeys of(String p256dh, String auth) throws GeneralSecurityException {
    UserAgentKeys keys = new UserAgentKeys(Base64Url.decode(p256dh), Base64Url.decode(auth));
    P256.publicKey(keys.key());
    if (keys.auth().length != AUTH) {
      throw new GeneralSecurityException("auth must have 16 bytes");
    }
    return keys;
  }
}
