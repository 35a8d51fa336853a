package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// The end of a page of the list: the activity time and id of its last conversation. Opaque to
/// clients.
record ListCursor(Instant activity, UUID conversation) {

  private static final int LENGTH = 32;

  /// Upper bound for times, because PostgreSQL rejects later ones.
  private static final long LATEST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  String encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(3 * Long.BYTES);
    bytes.putLong(activity.toEpochMilli());
    bytes.putLong(conversation.getMostSignificantBits());
    bytes.putLong(conversation.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// @throws ProblemException 400 if the cursor is invalid
  static ListCursor of(String encoded) {
    if (encoded.length() != LENGTH) {
      throw invalid();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
      return new ListCursor(
          Instant.ofEpochMilli(Math.clamp(bytes.getLong(), 0, LATEST)),
          new UUID(bytes.getLong(), bytes.getLong()));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static ProblemException invalid() {
    return ProblemException.invalid("cursor", "invalid cursor");
  }
}
