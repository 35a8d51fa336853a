package com.secureapprove.chat.notification.mail;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/// The languages of mails.
enum MailLanguage {
  EN("en"),
  ES("es"),
  PT_BR("pt-BR");

  private final String tag;

  MailLanguage(String tag) {
    this.tag = tag;
  }

  /// @throws IllegalArgumentException if the chat has no texts in it
  static MailLanguage of(String tag) {
    return Arrays.stream(values())
        .filter(language -> language.tag.equals(tag))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be one of en, es and pt-BR"));
  }

  /// The BCP 47 tag.
  @JsonValue
  @Override
  public String toString() {
    return tag;
  }
}
