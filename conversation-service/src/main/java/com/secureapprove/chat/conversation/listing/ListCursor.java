package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// Where a page of the list ended. Opaque to clients.
record ListCursor(Instant activity, UUID conversation) {

  private static final int LENGTH = 32;

  /// Far behind any activity, and no later than what the database can tell.
  private static final long LATEST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  String encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(3 * Long.BYTES);
    bytes.putLong(activity.toEpochMilli());
    bytes.putLong(conversation.getMostSignificantBits());
    bytes.putLong(conversation.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// @throws ProblemException 400 where it cannot be one of ours
  static ListCursor of(String encoded) {
    if (encoded.length() != LENGTH) {
      throw foreign();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
      return new ListCursor(
          Instant.ofEpochMilli(Math.clamp(bytes.getLong(), 0, LATEST)),
          new UUID(bytes.getLong(), bytes.getLong()));
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  private static ProblemException foreign() {
    return ProblemException.invalid("cursor", "is not one of ours");
  }
}
