package com.secureapprove.chat.gateway.frames;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.contracts.MessageLimits;
import com.secureapprove.chat.platform.json.Uuids;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads and validates the fields of a frame one by one.
final class Fields {
  private static final int MAX_KEY = 128;

  /// A field is invalid; the detail names it.
  static final class InvalidField extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidField(String detail) {
      super(detail, null, false, false);
    }

    String detail() {
      return String.valueOf(getMessage());
    }
  }

  private final ObjectNode object;
  private final Set<String> taken = new HashSet<>();

  Fields(ObjectNode object) {
    this.object = object;
  }

  private @Nullable JsonNode take(String name) {
    taken.add(name);
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  String text(String name) throws InvalidField {
    JsonNode value = take(name);
    if (value == null) {
      throw new InvalidField(name + ": missing");
    }
    if (!value.isTextual()) {
      throw new InvalidField(name + ": not a string");
    }
    return value.textValue();
  }

  UUID uuid(String name) throws InvalidField {
    return uuid(name, text(name));
  }

  @Nullable UUID uuidIfAny(String name) throws InvalidField {
    return take(name) == null ? null : uuid(name);
  }

  private static UUID uuid(String name, String text) throws InvalidField {
    try {
      return Uuids.of(text);
    } catch (IllegalArgumentException _) {
      throw new InvalidField(name + ": not a UUID");
    }
  }

  List<UUID> uuids(String name, int most) throws InvalidField {
    JsonNode value = take(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw new InvalidField(name + ": not an array");
    }
    if (value.size() > most) {
      throw new InvalidField(name + ": more than " + most);
    }
    List<UUID> ids = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw new InvalidField(name + ": not an array of strings");
      }
      ids.add(uuid(name, element.textValue()));
    }
    return ids;
  }

  /// The content of a message: valid Unicode that PostgreSQL and all clients can store.
  String content(String name) throws InvalidField {
    JsonNode value = take(name);
    if (value == null) {
      return "";
    }
    String text = text(name);
    if (text.codePointCount(0, text.length()) > MessageLimits.CONTENT_CHARACTERS) {
      throw new InvalidField(name + ": longer than 5,000 characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new InvalidField(name + ": holds a NUL character");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new InvalidField(name + ": holds an unpaired surrogate");
      }
    }
    return text;
  }

  /// An idempotency key.
  String key(String name) throws InvalidField {
    String key = text(name);
    boolean printable = key.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    if (key.isEmpty() || key.length() > MAX_KEY || !printable) {
      throw new InvalidField(name + ": not 1 to 128 printable ASCII characters");
    }
    return key;
  }

  void requireNoOthers() throws InvalidField {
    for (String name : (Iterable<String>) object::fieldNames) {
      if (!taken.contains(name)) {
        throw new InvalidField("unknown field");
      }
    }
  }
}
