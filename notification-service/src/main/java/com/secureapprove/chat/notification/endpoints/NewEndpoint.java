package com.secureapprove.chat.notification.endpoints;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The body of a creation.
record NewEndpoint(
    @Nullable String url,
    @Nullable List<@Nullable String> eventTypes,
    @Nullable String description) {
  private static final int MAX_DESCRIPTION = 200;

  /// @throws ProblemException 400 if a type is unknown, or if there is none
  Set<WebhookEventType> types() {
    Set<WebhookEventType> types = EnumSet.noneOf(WebhookEventType.class);
    for (String name : eventTypes == null ? List.<String>of() : eventTypes) {
      types.add(
          WebhookEventType.ofWireName(String.valueOf(name))
              .orElseThrow(() ->
                  ProblemException.invalid(
                      "event_types", "must be of " + List.of(WebhookEventType.values()))));
    }
    if (types.isEmpty()) {
      throw ProblemException.invalid("event_types", "must not be empty");
    }
    return types;
  }

  /// @throws ProblemException 400 if it is too long or has control characters
  String checkedDescription() {
    String text = description == null ? "" : description;
    if (text.codePointCount(0, text.length()) > MAX_DESCRIPTION) {
      throw ProblemException.invalid(
          "description", "must be at most " + MAX_DESCRIPTION + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)
        || text.codePoints().anyMatch(point -> point >= 0xd800 && point <= 0xdfff)) {
      throw ProblemException.invalid("description", "must have no control characters");
    }
    return text;
  }
}
