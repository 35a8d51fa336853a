package com.secureapprove.chat.message.receipts;

import org.jspecify.annotations.Nullable;

/// The two highest positions (delivered or read) among the others of a conversation: enough to
/// know, for a message of any of them, how far anybody but its sender has come.
///
/// @param farthest who holds the highest; null where nobody has a position
public record FurthestPositions(@Nullable String farthest, long highest, long second) {

  /// The highest position of anybody but that sender.
  long byOthersThan(String senderId) {
    return senderId.equals(farthest) ? second : highest;
  }

  /// After one of the others has come to that position; nobody ever goes back.
  FurthestPositions with(String userId, long position) {
    if (position <= second) {
      return this;
    }
    if (userId.equals(farthest)) {
      return new FurthestPositions(farthest, Math.max(highest, position), second);
    }
    return position > highest
        ? new FurthestPositions(userId, position, highest)
        : new FurthestPositions(farthest, highest, position);
  }
}
