package com.secureapprove.chat.platform.json;

import java.util.UUID;

/// UUIDs in their full form. [UUID#fromString] also accepts shortened ones, and then one resource
/// would have several names.
public final class Uuids {
  private Uuids() {}

  /// Parses a UUID; digits in either case.
  ///
  /// @throws IllegalArgumentException if the text is not a full UUID
  public static UUID of(String text) {
    UUID id = UUID.fromString(text);
    if (!id.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("Not a full UUID");
    }
    return id;
  }
}
