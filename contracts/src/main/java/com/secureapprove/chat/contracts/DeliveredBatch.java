package com.secureapprove.chat.contracts;

import java.util.List;
import java.util.UUID;

/// Delivered positions that a gateway gathered, of one tenant.
///
/// @param items at most 1,000
public record DeliveredBatch(List<Item> items) {

  /// The most items that one batch may carry.
  public static final int MAX_ITEMS = 1_000;

  /// Everything up to `seq` has been written to a connection of the person; positions below the
  /// stored one are ignored.
  public record Item(UUID conversationId, String userId, long seq) {}
}
