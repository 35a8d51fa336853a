package com.secureapprove.chat.notification.mail;

import java.util.regex.Pattern;

/// The addresses of the directory that are used. Whoever provisions the directory could otherwise
/// add headers or further receivers to a mail.
final class MailAddress {
  private static final int MAX_LENGTH = 254;
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s\\p{Cntrl}<>()\\[\\]\\\\,;:@\"]+@[\\p{L}\\p{N}.-]+");

  private MailAddress() {}

  static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && ADDRESS.matcher(text).matches();
  }
}
