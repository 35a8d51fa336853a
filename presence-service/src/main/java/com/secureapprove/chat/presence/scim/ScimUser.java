package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.presence.directory.Names;
import com.secureapprove.chat.presence.directory.Person;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.Meta;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.net.URI;
import java.time.Instant;
import java.util.Calendar;
import java.util.TimeZone;

/// Converts a person to a SCIM user.
final class ScimUser {
  static final String PATH = "/scim/v2/Users/";

  private ScimUser() {}

  static UserResource of(Person person) {
    UserResource user = new UserResource();
    user.setId(person.id);
    user.setExternalId(person.externalId);
    user.setUserName(person.userName);
    user.setDisplayName(person.name);
    Names names = person.names();
    String whole = names.whole();
    user.setName(
        new Name()
            .setFormatted(whole == null ? person.name : whole)
            .setGivenName(names.given())
            .setFamilyName(names.family()));
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

  /// Returns the JSON on which filters operate.
  static JsonNode node(Person person) {
    return JsonUtils.valueToNode(of(person));
  }

  private static Calendar calendar(Instant at) {
    Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
    calendar.setTimeInMillis(at.toEpochMilli());
    return calendar;
  }
}
