package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.secureapprove.chat.presence.directory.Names;
import com.secureapprove.chat.presence.directory.Person;
import com.secureapprove.chat.presence.directory.Profile;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The attributes of a user that the directory keeps, while one request changes them. Attributes
/// that the directory does not keep are passed over (RFC 7644, section 3.5.2).
final class UserAttributes {
  private final @Nullable Person before;
  private @Nullable String externalId;
  private @Nullable String userName;
  private @Nullable String displayName;
  private @Nullable String formatted;
  private @Nullable String givenName;
  private @Nullable String familyName;
  private boolean formattedGiven;
  private boolean givenNameGiven;
  private boolean familyNameGiven;
  private boolean active;
  private final EmailAddresses emails;

  private UserAttributes(@Nullable Person before, boolean active, EmailAddresses emails) {
    this.before = before;
    this.active = active;
    this.emails = emails;
  }

  /// Starts with nothing, for a new user.
  static UserAttributes empty() {
    return new UserAttributes(null, true, new EmailAddresses());
  }

  /// Starts with nothing but whether the person is active, for a PUT. A PUT that does not name
  /// `active` must not reactivate a person.
  static UserAttributes replacing(Person person) {
    return new UserAttributes(person, person.active, new EmailAddresses());
  }

  /// Starts with the person's attributes, for a PATCH.
  static UserAttributes of(Person person) {
    UserAttributes user =
        new UserAttributes(person, person.active, EmailAddresses.of(person.email));
    Names names = person.names();
    user.externalId = person.externalId;
    user.userName = person.userName;
    user.displayName = names.display();
    user.formatted = names.formatted();
    user.givenName = names.given();
    user.familyName = names.family();
    return user;
  }

  /// Sets all attributes of a user's JSON.
  UserAttributes with(JsonNode user) throws ScimException {
    for (Map.Entry<String, JsonNode> member : user.properties()) {
      Optional<AttributePath> path = AttributePath.ofMember(member.getKey());
      if (ScimTerms.isUserSchema(member.getKey()) && member.getValue().isObject()) {
        with(member.getValue());
      } else if (path.isPresent()) {
        set(path.get(), member.getValue());
      }
    }
    return this;
  }

  /// Sets one attribute. JSON's null removes it.
  void set(AttributePath path, JsonNode value) throws ScimException {
    String sub = path.sub();
    switch (path.attribute()) {
      case EMAILS -> {
        if (path.filter() != null || sub != null) {
          setEmail(path.filter(), sub, value);
        } else if (ScimValues.isNone(value)) {
          emails.clear();
        } else {
          emails.replace(value);
        }
      }
      case NAME -> {
        if (sub != null) {
          setName(sub, value);
        } else if (ScimValues.isNone(value)) {
          removeName();
        } else if (value.isObject()) {
          for (Map.Entry<String, JsonNode> member : value.properties()) {
            setName(member.getKey(), member.getValue());
          }
        } else {
          throw ScimValues.invalid("name must be an object");
        }
      }
      case EXTERNAL_ID -> externalId = ScimValues.text("externalId", value);
      case USER_NAME -> userName = ScimValues.text("userName", value);
      case DISPLAY_NAME -> displayName = ScimValues.text("displayName", value);
      case ACTIVE -> {
        Boolean given = ScimValues.truth("active", value);
        active = given == null ? active : given;
      }
    }
  }

  /// Adds to a list; sets any other attribute.
  void add(AttributePath path, JsonNode value) throws ScimException {
    if (path.attribute() == AttributePath.Attribute.EMAILS
        && path.filter() == null
        && path.sub() == null
        && !ScimValues.isNone(value)) {
      emails.add(value);
    } else {
      set(path, value);
    }
  }

  /// Removes an attribute.
  ///
  /// @param value the addresses to remove, as Entra names them; all if it has none
  void remove(AttributePath path, JsonNode value) throws ScimException {
    if (path.attribute() == AttributePath.Attribute.EMAILS) {
      if (path.filter() == null && path.sub() == null && value.isArray() && !value.isEmpty()) {
        emails.remove(value);
      } else {
        emails.remove(path.filter(), path.sub());
      }
    } else {
      set(path, MissingNode.getInstance());
    }
  }

  private void setEmail(@Nullable Filter filter, @Nullable String sub, JsonNode value)
      throws ScimException {
    if (ScimValues.isNone(value)) {
      emails.remove(filter, sub);
    } else {
      emails.set(filter, sub, value);
    }
  }

  private void setName(String part, JsonNode value) throws ScimException {
    switch (ScimTerms.lower(part)) {
      case "formatted" -> {
        formatted = ScimValues.text("name.formatted", value);
        formattedGiven = true;
      }
      case "givenname" -> {
        givenName = ScimValues.text("name.givenName", value);
        givenNameGiven = true;
      }
      case "familyname" -> {
        familyName = ScimValues.text("name.familyName", value);
        familyNameGiven = true;
      }
      default -> {} // not kept
    }
  }

  private void removeName() {
    formatted = null;
    givenName = null;
    familyName = null;
    formattedGiven = true;
    givenNameGiven = true;
    familyNameGiven = true;
  }

  /// Returns the profile.
  ///
  /// @throws ScimException 400 if the user name is missing
  Profile profile() throws ScimException {
    if (userName == null || userName.isBlank()) {
      throw ScimValues.invalid("userName must not be empty");
    }
    return new Profile(externalId, userName, names(), emails.kept(), active);
  }

  /// A client that reads a user and sends it back also sends the names that were derived from
  /// others. They must not outlive the names from which they were derived.
  private Names names() {
    String whole = isDerivedWhole() ? null : formatted;
    if ((givenNameGiven || familyNameGiven) && !formattedGiven && whole != null) {
      splitFormatted(whole);
      whole = null;
    }
    boolean hasWhole = new Names(null, whole, givenName, familyName).whole() != null;
    return new Names(
        hasWhole && isDerivedDisplayName() ? null : displayName, whole, givenName, familyName);
  }

  private boolean isDerivedWhole() {
    return before != null
        && formattedGiven
        && before.names().formatted() == null
        && (givenName != null || familyName != null)
        && before.names().shown(before.userName).equals(formatted);
  }

  private boolean isDerivedDisplayName() {
    return before != null && before.names().display() == null && before.name.equals(displayName);
  }

  /// Takes the part of the name that the request does not name from the formatted name.
  private void splitFormatted(String whole) {
    int space = whole.strip().lastIndexOf(' ');
    if (space > 0) {
      if (!givenNameGiven && givenName == null) {
        givenName = whole.strip().substring(0, space);
      }
      if (!familyNameGiven && familyName == null) {
        familyName = whole.strip().substring(space + 1);
      }
    }
  }
}
