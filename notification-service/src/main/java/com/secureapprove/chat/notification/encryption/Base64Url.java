package com.secureapprove.chat.notification.encryption;

import java.security.GeneralSecurityException;
import java.util.Base64;

/// Keys as text.
final class Base64Url {
  private Base64Url() {}

  /// @throws GeneralSecurityException if the text is no Base64url
  static byte[] decode(String text) throws GeneralSecurityException {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not Base64url", e);
    }
  }
}
