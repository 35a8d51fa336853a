package com.secureapprove.chat.notification.subscriptions;

import com.secureapprove.chat.notification.encryption.UserAgentKeys;
import com.secureapprove.chat.platform.problem.ProblemException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The body of a creation: `endpoint` and `keys` of a browser's `PushSubscription`, with the
/// language of the notifications and the page that they open.
record NewSubscription(
    @Nullable String endpoint,
    @Nullable Keys keys,
    @Nullable String language,
    @Nullable String page) {
  private static final List<String> LANGUAGES = List.of("en", "es", "pt-BR");
  private static final Pattern PAGE =
      Pattern.compile("/|/[^/\\\\\\s?#\\p{Cntrl}][^\\\\\\s?#\\p{Cntrl}]*");
  private static final int MAX_PAGE = 500;

  record Keys(@Nullable String p256dh, @Nullable String auth) {}

  /// @throws ProblemException 400 if they are missing, have a wrong length, or are no point
  Keys checkedKeys() {
    if (keys == null || keys.p256dh() == null || keys.auth() == null) {
      throw ProblemException.invalid("keys", "must have p256dh and auth");
    }
    try {
      UserAgentKeys.of(keys.p256dh(), keys.auth());
      return keys;
    } catch (GeneralSecurityException _) {
      throw ProblemException.invalid(
          "keys", "must be a point of P-256 (p256dh) and 16 bytes (auth) in Base64url");
    }
  }

  /// @throws ProblemException 400 if the chat has no texts in it
  String checkedLanguage() {
    String wanted = language == null ? "en" : language;
    if (!LANGUAGES.contains(wanted)) {
      throw ProblemException.invalid("language", "must be one of " + LANGUAGES);
    }
    return wanted;
  }

  /// @throws ProblemException 400 if it is no path of the page's own origin
  String checkedPage() {
    String path = page == null ? "/" : page;
    if (path.length() > MAX_PAGE || !PAGE.matcher(path).matches()) {
      throw ProblemException.invalid(
          "page", "must be a path of at most " + MAX_PAGE + " characters, without query");
    }
    return path;
  }
}
