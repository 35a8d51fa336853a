package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.presence.directory.Person;
import com.secureapprove.chat.presence.directory.Profile;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.Meta;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.net.URI;
import java.time.Instant;
import java.util.Calendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Converts a person to a SCIM user and back. Ignores attributes that the directory does not have.
final class ScimUser {
  static final String PATH = "/scim/v2/Users/";

  private ScimUser() {}

  static UserResource of(Person person) {
    UserResource user = new UserResource();
    user.setId(person.id);
    user.setExternalId(person.externalId);
    user.setUserName(person.userName);
    user.setDisplayName(person.name);
    user.setName(new Name().setFormatted(person.name));
    user.setActive(person.active);
    if (!person.email.isEmpty()) {
      user.setEmails(new Email().setValue(person.email).setType("work").setPrimary(true));
    }
    user.setMeta(
        new Meta()
            .setResourceType("User")
            .setCreated(calendar(person.createdAt))
            .setLastModified(calendar(person.updatedAt))
            .setLocation(URI.create(PATH + person.id))
            .setVersion(version(person)));
    return user;
  }

  /// Returns the entity tag of the current version.
  static String version(Person person) {
    return "W/\"" + person.version + "\"";
  }

  /// Returns the JSON on which filters and patches operate.
  static JsonNode node(Person person) {
    return JsonUtils.valueToNode(of(person));
  }

  /// Reads a profile from a SCIM user.
  ///
  /// @param before the current name; null for a new person. A name attribute equal to it counts as
  ///   unchanged, so that a patch of another name attribute has an effect.
  ///
  /// @throws ScimException 400 if an attribute has the wrong type
  static Profile profile(JsonNode user, @Nullable String before) throws ScimException {
    JsonNode name = user.path("name");
    String parts = (text(name, "givenName") + " " + text(name, "familyName")).strip();
    String newName =
        Stream.of(text(user, "displayName"), text(name, "formatted"), parts)
            .filter(each -> !each.isBlank() && !each.equals(before))
            .findFirst()
            .orElse(before == null ? "" : before);
    return new Profile(
        user.path("externalId").isNull() || user.path("externalId").isMissingNode()
            ? null
            : text(user, "externalId"),
        text(user, "userName"),
        newName,
        email(user.path("emails")),
        isActive(user.path("active")));
  }

  private static String text(JsonNode node, String field) throws ScimException {
    JsonNode value = node.path(field);
    if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
      throw new ScimException(400, "invalidValue", field + " must be a string");
    }
    return value.asText("");
  }

  /// Returns the primary e-mail address, else the first one.
  private static String email(JsonNode emails) {
    return StreamSupport.stream(emails.spliterator(), false)
        .sorted(
            (a, b) -> Boolean.compare(b.path("primary").asBoolean(), a.path("primary").asBoolean()))
        .map(email -> email.path("value").asText())
        .findFirst()
        .orElse("");
  }

  /// Accepts the strings `true` and `false` too, which some providers send. Rejects other values,
  /// so that an invalid value never deactivates a person.
  private static boolean isActive(JsonNode active) throws ScimException {
    if (active.isMissingNode() || active.isNull()) {
      return true;
    }
    return switch (active.isValueNode() ? active.asText().toLowerCase(Locale.ROOT) : "") {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ScimException(400, "invalidValue", "active must be true or false");
    };
  }

  private static Calendar calendar(Instant at) {
    Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
    calendar.setTimeInMillis(at.toEpochMilli());
    return calendar;
  }
}
