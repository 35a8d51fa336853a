package com.secureapprove.chat.contracts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Messages of one tenant, sent in one call to message-service and stored in one transaction.
///
/// @param items 1 to 256, in the order in which their senders sent them
public record MessageBatch(List<Item> items) {

  /// The most items that one batch may carry.
  public static final int MAX_ITEMS = 256;

  /// @param senderId the sender, authenticated by the calling component
  /// @param clientMessageId the idempotency key: 1 to 128 printable ASCII characters
  /// @param session the WebSocket connection of the sender, which needs no event
  /// @param trace the trace id of the send, because the call of a batch serves several sends, or
  ///   the `traceparent` of its span if tracing is on; null means that of the call
  public record Item(
      UUID conversationId,
      String senderId,
      String content,
      List<UUID> attachmentIds,
      String clientMessageId,
      @Nullable String session,
      @Nullable String trace) {}

  /// The outcome of each item, in the order of the items.
  public record Outcomes(List<Outcome> outcomes) {}

  /// Either the message, stored by this call or by an earlier attempt, or the reason of a refusal.
  ///
  /// @param created whether this call stored the message
  public record Outcome(@Nullable MessageView message, boolean created, @Nullable Refusal refusal) {

    public static Outcome stored(MessageView message, boolean created) {
      return new Outcome(message, created, null);
    }

    public static Outcome refused(String code, String message) {
      return refused(code, null, message);
    }

    public static Outcome refused(String code, @Nullable String field, String message) {
      return new Outcome(null, false, new Refusal(code, field, message));
    }
  }

  /// Why an item was refused.
  ///
  /// @param code the name of a problem type, such as `not-found`
  /// @param field the invalid field of the request; null if it is no single field
  /// @param message the reason
  public record Refusal(String code, @Nullable String field, String message) {

    /// Field and message as one sentence, for people.
    public String detail() {
      return field == null ? message : field + ": " + message;
    }
  }
}
