package com.secureapprove.chat.systemtests.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts of tests that must be in no log, metric or error response: contents of messages, access
/// tokens, cookies, personal data of tokens, passwords. Thread-safe.
public final class Confidential {
  /// Shorter texts also occur by chance.
  private static final int MIN_LENGTH = 12;

  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,}"), // a signed token
          Pattern.compile("(?:session|csrftoken)=[\\w%.-]{16,}"), // a cookie
          Pattern.compile("provisioning-token-of-the-tenant-\\w+"),
          Pattern.compile("[\\w.-]+@[tp]\\d{3}\\.example"),
          Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY"));

  private final Set<String> texts = ConcurrentHashMap.newKeySet();

  /// Remembers a text that a test has used.
  public void add(String text) {
    if (text.length() >= MIN_LENGTH) {
      texts.add(text);
    }
  }

  /// The confidential parts of a text; empty if there are none.
  public List<String> in(String text) {
    List<String> found = new ArrayList<>();
    for (Pattern form : FORMS) {
      Matcher matcher = form.matcher(text);
      if (matcher.find()) {
        found.add(matcher.group());
      }
    }
    texts.stream().filter(text::contains).forEach(found::add);
    return found;
  }
}
