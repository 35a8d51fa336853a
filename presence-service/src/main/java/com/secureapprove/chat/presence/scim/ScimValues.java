package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads JSON values of SCIM attributes. JSON's null is no value.
final class ScimValues {
  private ScimValues() {}

  /// Returns the text; null for no value.
  ///
  /// @throws ScimException 400 if the value is no string
  static @Nullable String text(String attribute, JsonNode value) throws ScimException {
    JsonNode single = unwrapped(value);
    if (isNone(single)) {
      return null;
    }
    if (!single.isTextual()) {
      throw invalid(attribute + " must be a string");
    }
    return single.textValue();
  }

  /// Returns the truth value; null for no value. Accepts the strings `true` and `false` in any
  /// case, which some providers send. Rejects other values, so that an invalid value never
  /// deactivates a person.
  ///
  /// @throws ScimException 400 if the value is neither
  static @Nullable Boolean truth(String attribute, JsonNode value) throws ScimException {
    JsonNode single = unwrapped(value);
    if (isNone(single)) {
      return null;
    }
    String text = single.isBoolean() || single.isTextual() ? single.asText() : "";
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(attribute + " must be true or false");
    };
  }

  /// Entra's older dialect wraps a single value: `[{"$ref": null, "value": "False"}]`.
  private static JsonNode unwrapped(JsonNode value) {
    return value.isArray() && value.size() == 1 && value.get(0).has("value")
        ? value.get(0).get("value")
        : value;
  }

  static boolean isNone(JsonNode value) {
    return value.isNull() || value.isMissingNode();
  }

  static ScimException invalid(String detail) {
    return new ScimException(400, "invalidValue", detail);
  }
}
