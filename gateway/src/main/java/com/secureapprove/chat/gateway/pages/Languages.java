package com.secureapprove.chat.gateway.pages;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The languages of the pages.
final class Languages {
  private static final Locale ENGLISH = Locale.ENGLISH;
  private static final Locale SPANISH = Locale.of("es");
  private static final Locale PORTUGUESE = Locale.forLanguageTag("pt-BR");
  private static final int LONGEST = 200;

  private Languages() {}

  /// The one that a browser likes best.
  static Locale of(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.length() > LONGEST) {
      return ENGLISH;
    }
    List<Locale.LanguageRange> wishes;
    try {
      wishes = Locale.LanguageRange.parse(acceptLanguage);
    } catch (IllegalArgumentException _) {
      return ENGLISH;
    }
    for (Locale.LanguageRange wish : wishes) {
      switch (wish.getRange().split("-", 2)[0]) {
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
