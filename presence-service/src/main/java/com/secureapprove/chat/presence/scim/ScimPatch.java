package com.secureapprove.chat.presence.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.utils.JsonUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The operations of a PATCH (RFC 7644, section 3.5.2), in the dialects of the common providers:
/// operations in any case, paths as names of members, single values in lists.
///
/// @param operations in the order in which they are applied
record ScimPatch(List<Operation> operations) {

  private enum Kind {
    ADD,
    REMOVE,
    REPLACE
  }

  /// @param path null if the value is an object whose members name the attributes
  private record Operation(Kind kind, @Nullable String path, JsonNode value) {}

  /// @throws ScimException 400 if the body is no patch
  static ScimPatch of(JsonNode body) throws ScimException {
    JsonNode list = body.path("Operations");
    if (!list.isArray() || list.isEmpty()) {
      throw syntax("Operations must be a list with at least one operation");
    }
    List<Operation> operations = new ArrayList<>();
    for (JsonNode operation : list) {
      if (!operation.isObject()) {
        throw syntax("An operation must be an object");
      }
      operations.add(
          new Operation(
              kind(operation.path("op")), path(operation.path("path")), operation.path("value")));
    }
    return new ScimPatch(operations);
  }

  private static Kind kind(JsonNode op) throws ScimException {
    return switch (op.isTextual() ? ScimTerms.lower(op.textValue()) : "") {
      case "add" -> Kind.ADD;
      case "remove" -> Kind.REMOVE;
      case "replace" -> Kind.REPLACE;
      default -> throw syntax("op must be add, remove or replace");
    };
  }

  private static @Nullable String path(JsonNode path) throws ScimException {
    if (ScimValues.isNone(path)) {
      return null;
    }
    if (!path.isTextual()) {
      throw new ScimException(400, "invalidPath", "path must be a string");
    }
    return path.textValue();
  }

  void applyTo(UserAttributes user) throws ScimException {
    for (Operation operation : operations) {
      String path = operation.path();
      if (path == null || path.isBlank() || ScimTerms.isUserSchema(path)) {
        applyMembers(user, operation);
      } else {
        Optional<AttributePath> target = AttributePath.of(path);
        if (target.isPresent()) {
          apply(user, operation.kind(), target.get(), operation.value(), true);
        }
      }
    }
  }

  private static void applyMembers(UserAttributes user, Operation operation) throws ScimException {
    if (operation.kind() == Kind.REMOVE) {
      throw new ScimException(400, "noTarget", "remove needs a path");
    }
    if (!operation.value().isObject()) {
      throw operation.path() == null
          ? ScimValues.invalid("value must be an object where path is missing")
          : new ScimException(400, "invalidPath", "The path names no attribute");
    }
    applyMembers(user, operation.kind(), operation.value());
  }

  private static void applyMembers(UserAttributes user, Kind kind, JsonNode members)
      throws ScimException {
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      if (ScimTerms.isUserSchema(member.getKey()) && member.getValue().isObject()) {
        applyMembers(user, kind, member.getValue());
        continue;
      }
      Optional<AttributePath> target = AttributePath.ofMember(member.getKey());
      if (target.isPresent()) {
        apply(user, kind, target.get(), member.getValue(), false);
      }
    }
  }

  private static void apply(
      UserAttributes user, Kind kind, AttributePath target, JsonNode value, boolean named)
      throws ScimException {
    if (named && kind != Kind.REMOVE && value.isMissingNode()) {
      throw ScimValues.invalid("value is missing");
    }
    JsonNode given =
        target.attribute() == AttributePath.Attribute.EMAILS
                && target.filter() == null
                && target.sub() == null
                && value.isObject()
            ? JsonUtils.getJsonNodeFactory().arrayNode().add(value)
            : value;
    switch (kind) {
      case ADD -> user.add(target, given);
      case REPLACE -> user.set(target, given);
      case REMOVE -> user.remove(target, given);
    }
  }

  private static ScimException syntax(String detail) {
    return new ScimException(400, "invalidSyntax", detail);
  }
}
