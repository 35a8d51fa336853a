package com.secureapprove.chat.message.receipts;

import org.jspecify.annotations.Nullable;

/// The two furthest positions (delivered or read) of a conversation, of two different people. They
/// answer, for a message of any sender, how far anyone else has come.
///
/// @param furthestBy the person with the furthest position; null while there is no position
/// @param furthest the furthest position; 0 while there is none
/// @param second the furthest position of everyone else; 0 while there is no other
public record FurthestPositions(@Nullable String furthestBy, long furthest, long second) {
  static final FurthestPositions NONE = new FurthestPositions(null, 0, 0);

  /// The furthest position of anyone but this person.
  long byOthersThan(String userId) {
    return userId.equals(furthestBy) ? second : furthest;
  }

  /// The positions after one person has reached `position`. Positions never move back.
  FurthestPositions with(String userId, long position) {
    if (userId.equals(furthestBy)) {
      return new FurthestPositions(furthestBy, Math.max(furthest, position), second);
    }
    return position > furthest
        ? new FurthestPositions(userId, position, furthest)
        : new FurthestPositions(furthestBy, furthest, Math.max(second, position));
  }
}
