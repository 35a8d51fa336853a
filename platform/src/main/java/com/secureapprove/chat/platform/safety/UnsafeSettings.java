package com.secureapprove.chat.platform.safety;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The unsafe settings of a component. Values never appear in a message.
public final class UnsafeSettings {
  private static final int MIN_LENGTH = 12;
  private static final int MIN_DIFFERENT = 6;
  private static final Pattern WELL_KNOWN =
      Pattern.compile(
          "(admin|administrator|changeit|changeme|chat|default|demo|example|guest|keycloak|letmein"
              + "|minio|pass|passwd|password|postgres|postgresql|qwerty|redis|replaceme|root|secret"
              + "|secureapprove|test|user)*");

  private final Map<String, String> propertyOf = new HashMap<>();
  private final List<String> found = new ArrayList<>();

  /// Reports a secret. It is refused if it is well known, too short, or equal to another secret.
  ///
  /// @param property its name, as an operator sets it
  public void secret(String property, String value) {
    if (value.length() < MIN_LENGTH || value.chars().distinct().count() < MIN_DIFFERENT) {
      refuse(
          property,
          "must have at least %d characters, %d of them different"
              .formatted(MIN_LENGTH, MIN_DIFFERENT));
    } else if (isWellKnown(value)) {
      refuse(property, "is a well-known value");
    }
    String other = propertyOf.putIfAbsent(value, property);
    if (other != null && !other.equals(property)) {
      refuse(property, "is equal to " + other + "; each needs its own value");
    }
  }

  /// Whether the letters of a value are well-known words and nothing else.
  private static boolean isWellKnown(String value) {
    return WELL_KNOWN.matcher(value.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "")).matches();
  }

  /// Reports an unsafe setting.
  ///
  /// @param reason continues a sentence that begins with the property
  public void refuse(String property, String reason) {
    found.add(property + " " + reason);
  }

  /// The reports.
  public List<String> found() {
    return List.copyOf(found);
  }
}
