package com.secureapprove.chat.presence.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import java.util.Locale;
import java.util.regex.Pattern;

/// What paths and filters have in common: case-insensitive names, the schema of users, and bounds.
final class ScimTerms {
  static final String USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
  private static final int MAX_LENGTH = 1024;
  private static final int MAX_NESTING = 10;

  private static final Pattern PARSER_TEXT = Pattern.compile("(?s)( at position \\d+): .*");

  private ScimTerms() {}

  static boolean isUserSchema(String name) {
    return name.equalsIgnoreCase(USER_SCHEMA);
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// Removes the text of the JSON parser from a refusal of the SCIM library. It names classes and
  /// options of the parser; the position before it is what a client needs.
  static ScimException withoutParserText(ScimException refusal) {
    String detail = String.valueOf(refusal.getScimError().getDetail());
    return new ScimException(
        refusal.getScimError().getStatus(),
        refusal.getScimError().getScimType(),
        PARSER_TEXT.matcher(detail).replaceFirst("$1"));
  }

  /// The parsers of the SCIM library recurse, so their input must not nest deeply.
  static void requireBounded(String text, String scimType) throws ScimException {
    long nesting = text.chars().filter(c -> c == '(' || c == '[').count();
    if (text.length() > MAX_LENGTH || nesting > MAX_NESTING) {
      throw new ScimException(400, scimType, "The expression is too long or nests too deeply");
    }
  }
}
