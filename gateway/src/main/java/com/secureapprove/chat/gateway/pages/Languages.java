package com.secureapprove.chat.gateway.pages;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Chooses the language of a page.
final class Languages {
  private static final Locale ENGLISH = Locale.ENGLISH;
  private static final Locale SPANISH = Locale.of("es");
  private static final Locale PORTUGUESE = Locale.forLanguageTag("pt-BR");
  private static final int MAX_HEADER_LENGTH = 200;

  private Languages() {}

  /// The supported language that the browser prefers most, or English.
  static Locale of(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.length() > MAX_HEADER_LENGTH) {
      return ENGLISH;
    }
    List<Locale.LanguageRange> preferences;
    try {
      preferences = Locale.LanguageRange.parse(acceptLanguage);
    } catch (IllegalArgumentException _) {
      return ENGLISH;
    }
    for (Locale.LanguageRange preference : preferences) {
      switch (preference.getRange().split("-", 2)[0]) {
        case "en" -> {
          return ENGLISH;
        }
        case "es" -> {
          return SPANISH;
        }
        case "pt" -> {
          return PORTUGUESE;
        }
        default -> {}
      }
    }
    return ENGLISH;
  }
}
