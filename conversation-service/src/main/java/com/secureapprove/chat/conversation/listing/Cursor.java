package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/// Where a page of the list ended. Opaque to clients.
record Cursor(Instant activity, UUID conversation) {

  String encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(3 * Long.BYTES);
    bytes.putLong(activity.toEpochMilli());
    bytes.putLong(conversation.getMostSignificantBits());
    bytes.putLong(conversation.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  static Cursor of(String encoded) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded));
      return new Cursor(
          Instant.ofEpochMilli(bytes.getLong()), new UUID(bytes.getLong(), bytes.getLong()));
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw ProblemException.invalid("cursor", "is not one of ours");
    }
  }
}
