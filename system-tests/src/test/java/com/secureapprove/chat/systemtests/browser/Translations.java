package com.secureapprove.chat.systemtests.browser;

import com.secureapprove.chat.localstack.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The web client's texts, from its catalogues.
final class Translations {

  private static final Pattern ENTRY = Pattern.compile("(?m)^  (\\w+): (.+),$");
  private static final Pattern TEXT = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");
  private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

  private Translations() {}

  /// English texts that have a translation in this language. A page must not show them.
  static List<Pattern> foreignTo(String language) {
    Map<String, List<String>> english = texts("en");
    Map<String, List<String>> other = texts(language);
    List<Pattern> foreign = new ArrayList<>();
    english.forEach((key, forms) ->
        forms.stream()
            .filter(form -> !other.getOrDefault(key, List.of()).contains(form))
            .map(Translations::pattern)
            .forEach(foreign::add));
    return foreign;
  }

  private static Map<String, List<String>> texts(String language) {
    try {
      Map<String, List<String>> texts = new LinkedHashMap<>();
      String catalogue =
          Files.readString(
              Checkout.current().root().resolve("web-client/src/i18n/%s.ts".formatted(language)));
      Matcher entry = ENTRY.matcher(catalogue);
      while (entry.find()) {
        texts.put(
            entry.group(1),
            TEXT.matcher(entry.group(2)).results().map(text -> text.group(1)).toList());
      }
      return texts;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static Pattern pattern(String text) {
    StringBuilder pattern = new StringBuilder();
    int end = 0;
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      pattern.append(Pattern.quote(text.substring(end, place.start()))).append(".+");
      end = place.end();
    }
    return Pattern.compile(pattern + Pattern.quote(text.substring(end)));
  }
}
