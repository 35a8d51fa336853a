package com.secureapprove.chat.gateway.delivery;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.ChatEvent.StatusChange;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Translates an event into the frames that clients receive.
public final class AddressedFrames {
  /// Maximum number of participants in a frame. Clients load further ones over REST.
  private static final int MAX_NAMED = 100;

  /// Maximum size of a conversation whose participants see the positions of the others.
  private static final int MAX_MEMBERS_WITH_POSITIONS = 50;

  private AddressedFrames() {}

  /// The frames of an event; none if clients do not see it.
  ///
  /// @param eventId the resume position that the frames carry
  public static List<AddressedFrame> of(EventEnvelope event, String eventId) {
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
    boolean withPositions = changed.memberCount() <= MAX_MEMBERS_WITH_POSITIONS;
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
                    withPositions ? changed.userId() : null,
                    withPositions ? changed.readSeq() : null,
                    withPositions ? changed.deliveredSeq() : null))));
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
    return people.size() <= MAX_NAMED ? people : people.subList(0, MAX_NAMED);
  }
}
