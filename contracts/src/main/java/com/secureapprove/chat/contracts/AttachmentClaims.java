package com.secureapprove.chat.contracts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Files that messages of one tenant are about to carry. A claim is made before the message's
/// transaction and belongs to its key, so that a retry claims the same files again.
public record AttachmentClaims(List<Item> items) {

  /// @param senderId must have uploaded all of the files
  public record Item(
      UUID conversationId, String senderId, String clientMessageId, List<UUID> attachmentIds) {}

  /// The outcome of each item, in the order of the items.
  public record Outcomes(List<Outcome> outcomes) {}

  /// Either all files of the item, in the requested order, or the reason of a refusal.
  public record Outcome(
      @Nullable List<ClaimedFile> files, MessageBatch.@Nullable Refusal refusal) {}

  /// @param sha256 of the bytes, in hexadecimal
  public record ClaimedFile(AttachmentView attachment, String sha256) {}

  /// Asks message-service whether messages exist under these keys that have these files: a claimed
  /// file may go only where there is none. A retry may have claimed a file that its message, made
  /// at the first try, does not have.
  public record Keys(List<Key> keys) {}

  public record Key(
      UUID conversationId, String senderId, String clientMessageId, UUID attachmentId) {}

  /// Whether the message exists, in the order of the keys.
  public record Existing(List<Boolean> exists) {}
}
