package com.secureapprove.chat.presence.scim;

import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The place of an attribute that the directory keeps (RFC 7644, section 3.5.2).
///
/// Names are case-insensitive. A name that the user schema's URN qualifies equals the short one.
///
/// @param filter selects elements of `emails`; null for all
/// @param sub the sub-attribute; null for the whole attribute
record AttributePath(Attribute attribute, @Nullable Filter filter, @Nullable String sub) {

  enum Attribute {
    EXTERNAL_ID("externalid"),
    USER_NAME("username"),
    DISPLAY_NAME("displayname"),
    NAME("name"),
    EMAILS("emails"),
    ACTIVE("active");

    private final String lower;

    Attribute(String lower) {
      this.lower = lower;
    }
  }

  /// Returns the path; empty for an attribute that the directory does not keep.
  ///
  /// @throws ScimException 400 if the text is no path, or has parts that the attribute does not
  ///   have
  static Optional<AttributePath> of(String text) throws ScimException {
    ScimTerms.requireBounded(text, "invalidPath");
    Path path = parsed(unqualified(text.strip()));
    if (path.getSchemaUrn() != null) {
      return Optional.empty(); // an attribute of an extension
    }
    if (path.size() == 0) {
      throw new ScimException(400, "invalidPath", "The path names no attribute");
    }
    String name = ScimTerms.lower(path.getElement(0).getAttribute());
    for (Attribute attribute : Attribute.values()) {
      if (attribute.lower.equals(name)) {
        return Optional.of(new AttributePath(attribute, path));
      }
    }
    return Optional.empty();
  }

  private AttributePath(Attribute attribute, Path path) throws ScimException {
    Filter filter = path.getElement(0).getValueFilter();
    this(
        attribute,
        filter == null ? null : ScimFilter.normalized(filter),
        path.size() > 1 ? path.getElement(1).getAttribute() : null);
    int longest = attribute == Attribute.NAME || attribute == Attribute.EMAILS ? 2 : 1;
    if (path.size() > longest
        || (filter != null && attribute != Attribute.EMAILS)
        || (path.size() > 1 && path.getElement(1).getValueFilter() != null)) {
      throw new ScimException(400, "invalidPath", "The path does not exist");
    }
  }

  /// Returns the path that the name of a JSON member is; empty for an attribute that the directory
  /// does not keep. A name that is no path is the name of such an attribute.
  static Optional<AttributePath> ofMember(String name) {
    try {
      return name.isBlank() ? Optional.empty() : of(name);
    } catch (ScimException _) {
      return Optional.empty();
    }
  }

  private static String unqualified(String text) {
    String prefix = ScimTerms.USER_SCHEMA + ":";
    return text.regionMatches(true, 0, prefix, 0, prefix.length())
        ? text.substring(prefix.length())
        : text;
  }

  private static Path parsed(String text) throws ScimException {
    try {
      return Path.fromString(text);
    } catch (BadRequestException e) {
      throw ScimTerms.withoutParserText(e);
    } catch (RuntimeException _) {
      throw new ScimException(400, "invalidPath", "The path is malformed");
    }
  }
}
