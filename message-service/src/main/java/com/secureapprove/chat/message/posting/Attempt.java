package com.secureapprove.chat.message.posting;

import com.secureapprove.chat.contracts.MessageBatch.Item;
import com.secureapprove.chat.contracts.MessageBatch.Outcome;
import com.secureapprove.chat.contracts.MessageBatch.Refusal;
import com.secureapprove.chat.message.posting.PostingStatements.SenderKey;
import com.secureapprove.chat.platform.problem.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One item of a batch: first its draft is set, then its outcome. For one thread.
final class Attempt {
  private final Item item;
  private @Nullable MessageDraft draft;
  private @Nullable Outcome outcome;

  Attempt(Item item) {
    this.item = item;
  }

  Item item() {
    return item;
  }

  /// The participant who sends the item.
  SenderKey sender() {
    return new SenderKey(item.conversationId(), item.senderId());
  }

  /// The message to be stored.
  ///
  /// @throws NullPointerException before [#prepare]
  MessageDraft draft() {
    return Objects.requireNonNull(draft);
  }

  void prepare(MessageDraft ready) {
    draft = ready;
  }

  boolean isPrepared() {
    return draft != null;
  }

  /// Whether the item has no outcome yet.
  boolean isOpen() {
    return outcome == null;
  }

  void end(@Nullable Outcome result) {
    outcome = result;
  }

  /// The outcome.
  ///
  /// @throws NullPointerException while there is none
  Outcome outcome() {
    return Objects.requireNonNull(outcome);
  }

  /// Whether the item was refused because its sender is not a participant. The owner of memberships
  /// may already know better.
  boolean missedMembership() {
    Refusal refusal = outcome == null ? null : outcome.refusal();
    return refusal != null
        && (refusal.code().equals(Problem.NOT_FOUND.code())
            || refusal.code().equals(Problem.FORBIDDEN.code()));
  }
}
