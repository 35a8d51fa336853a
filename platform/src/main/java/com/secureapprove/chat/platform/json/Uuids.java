package com.secureapprove.chat.platform.json;

import java.util.UUID;

/// UUIDs in their one form, in full; [UUID#fromString] takes shortened ones too, by which the same
/// thing would have several names.
public final class Uuids {
  private Uuids() {}

  /// The UUID that a text is, whatever the case of its digits.
  ///
  /// @throws IllegalArgumentException where it is none
  public static UUID of(String text) {
    UUID id = UUID.fromString(text);
    if (!id.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("Not a UUID in full");
    }
    return id;
  }
}
