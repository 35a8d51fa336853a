package com.secureapprove.chat.presence.directory;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parts of a person's name as the identity provider sent them, validated and trimmed. A part
/// that was not sent, or is blank, is null.
public record Names(
    @Nullable String display,
    @Nullable String formatted,
    @Nullable String given,
    @Nullable String family) {
  static final Names NONE = new Names(null, null, null, null);

  public Names {
    display = ProfileText.optional("displayName", display);
    formatted = ProfileText.optional("name.formatted", formatted);
    given = ProfileText.optional("name.givenName", given);
    family = ProfileText.optional("name.familyName", family);
  }

  /// Returns names with only a display name.
  public static Names of(@Nullable String display) {
    return new Names(display, null, null, null);
  }

  /// Returns the whole name: the formatted one, else the given and the family name. Null without
  /// any of them.
  public @Nullable String whole() {
    if (formatted != null) {
      return formatted;
    }
    return given == null && family == null
        ? null
        : Stream.of(given == null ? "" : given, family == null ? "" : family)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
  }

  /// Returns the name that others see: the display name, else the whole name, else the user name.
  public String shown(String userName) {
    String whole = whole();
    return display != null ? display : whole != null ? whole : userName;
  }
}
