package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.ChatEvent.PositionsChanged;
import com.secureapprove.chat.contracts.ChatEvent.StatusChange;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.message.receipts.AffectedMessages.AffectedMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// New positions of one participant, and the event that announces them.
///
/// @param sentCountAtRead how many messages the person had sent up to the new read position; null
///   if the read position does not change
/// @param newestFirst the messages of other present participants whose status it may change
/// @param session the WebSocket connection that requested the update and needs no event
record PositionUpdate(
    UUID conversationId,
    ReadState before,
    ReadState after,
    @Nullable Long sentCountAtRead,
    List<AffectedMessage> newestFirst,
    @Nullable String session) {

  /// The most messages of one sender whose status change one event lists, newest first.
  private static final int MAX_LISTED = 100;

  /// The event of the update.
  PositionsChanged event() {
    return new PositionsChanged(
        conversationId,
        after.userId(),
        positionOrNull(after.delivered()),
        positionOrNull(after.read()),
        after.memberCount(),
        changesForSenders(),
        changesForReader(),
        session);
  }

  /// Whether a client must learn of the update: a message changed its status, the person read
  /// something, or the conversation is small enough to share all positions. So a message in a large
  /// group causes a few events, independent of the number of recipients.
  boolean concernsClients(PositionsChanged event) {
    return after.sharesPositions() || after.read() > before.read() || !event.statuses().isEmpty();
  }

  /// The new statuses as the senders see them.
  private List<StatusChange> changesForSenders() {
    Map<String, Integer> listed = new HashMap<>();
    List<StatusChange> changes = new ArrayList<>();
    for (AffectedMessage message : newestFirst) {
      MessageStatus now = after.combinedStatusOf(message.senderId(), message.seq());
      if (now != before.combinedStatusOf(message.senderId(), message.seq())
          && listed.merge(message.senderId(), 1, Integer::sum) <= MAX_LISTED) {
        changes.add(new StatusChange(message.senderId(), message.id(), now));
      }
    }
    return changes;
  }

  /// The new statuses as the reader sees them.
  private List<StatusChange> changesForReader() {
    return newestFirst.stream()
        .filter(message ->
            after.statusOf(message.senderId(), message.seq())
                != before.statusOf(message.senderId(), message.seq()))
        .limit(MAX_LISTED)
        .map(message ->
            new StatusChange(
                message.senderId(),
                message.id(),
                after.statusOf(message.senderId(), message.seq())))
        .toList();
  }

  private static @Nullable Long positionOrNull(long position) {
    return position == 0 ? null : position;
  }
}
