package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.ChatEvent.StatusChange;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What clients get to see of an event.
final class AddressedFrames {
  /// Frames name at most so many people; the rest is there over REST.
  private static final int MOST_NAMED = 100;

  /// In larger conversations nobody is told how far the others are.
  private static final int MOST_POSITIONS = 50;

  private AddressedFrames() {}

  static List<AddressedFrame> of(EventEnvelope event, String eventId) {
    return switch (event.data()) {
      case ChatEvent.MessageCreated created ->
          List.of(
              AddressedFrame.toConversation(
                      created.message().conversation(),
                      new ServerFrame.MessageCreated(eventId, created.message()))
                  .except(created.session()));
      case ChatEvent.PositionsChanged changed -> positions(changed, eventId);
      case ChatEvent.ConversationCreated created ->
          List.of(
              AddressedFrame.toPeople(
                  Set.copyOf(created.participantIds()),
                  new ServerFrame.ConversationCreated(
                      eventId,
                      created.conversationId(),
                      created.isGroup(),
                      created.createdBy(),
                      named(created.participantIds()))));
      case ChatEvent.ConversationUpdated updated ->
          List.of(
              AddressedFrame.toConversation(
                  updated.conversationId(),
                  ServerFrame.ConversationUpdated.forAll(
                      eventId, updated.conversationId(), updated.title(), updated.changedBy())));
      case ChatEvent.ConversationPreferencesChanged changed ->
          List.of(
              AddressedFrame.toPeople(
                  Set.of(changed.userId()),
                  ServerFrame.ConversationUpdated.forOne(
                      eventId,
                      changed.conversationId(),
                      changed.isArchived(),
                      changed.isMuted(),
                      changed.archivedAtSeq())));
      case ChatEvent.ParticipantAdded added ->
          List.of(
              AddressedFrame.toConversation(
                  added.conversationId(),
                  new ServerFrame.ParticipantAdded(
                      eventId, added.conversationId(), named(added.userIds()), added.addedBy())));
      case ChatEvent.ParticipantRemoved removed ->
          List.of(
              AddressedFrame.toConversation(
                      removed.conversationId(),
                      new ServerFrame.ParticipantRemoved(
                          eventId, removed.conversationId(), removed.userId(), removed.removedBy()))
                  .andTo(removed.userId()));
      case ChatEvent.NotificationPublished published ->
          List.of(
              AddressedFrame.toPeople(
                  Set.copyOf(published.userIds()),
                  new ServerFrame.Notification(
                      published.name(), eventId, published.data(), published.at())));
      case ChatEvent.ConversationDeleted _, ChatEvent.UserUpserted _ -> List.of();
    };
  }

  private static List<AddressedFrame> positions(
      ChatEvent.PositionsChanged changed, String eventId) {
    boolean told = changed.memberCount() <= MOST_POSITIONS;
    List<AddressedFrame> frames = new ArrayList<>();
    Map<String, List<ServerFrame.OneStatus>> bySender = new LinkedHashMap<>();
    for (StatusChange status : changed.statuses()) {
      bySender
          .computeIfAbsent(status.senderId(), _ -> new ArrayList<>())
          .add(new ServerFrame.OneStatus(status.messageId(), status.status()));
    }
    bySender.forEach((sender, statuses) ->
        frames.add(
            AddressedFrame.toPeople(
                Set.of(sender),
                new ServerFrame.MessageStatuses(
                    eventId,
                    changed.conversationId(),
                    statuses,
                    told ? changed.userId() : null,
                    told ? changed.readSeq() : null,
                    told ? changed.deliveredSeq() : null))));
    frames.add(
        AddressedFrame.toPeople(
                Set.of(changed.userId()),
                new ServerFrame.MessageStatuses(
                    eventId,
                    changed.conversationId(),
                    changed.own().stream()
                        .map(one -> new ServerFrame.OneStatus(one.messageId(), one.status()))
                        .toList(),
                    changed.userId(),
                    changed.readSeq(),
                    changed.deliveredSeq()))
            .except(changed.session()));
    return frames;
  }

  private static List<String> named(List<String> people) {
    return people.size() <= MOST_NAMED ? people : people.subList(0, MOST_NAMED);
  }
}
