package com.secureapprove.chat.message;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.serviceplatform.consumer.EventHandler;
import com.secureapprove.chat.serviceplatform.people.KnownPeople;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Keeps the copies of others' facts: memberships and people.
@Singleton
class MessageEventHandler implements EventHandler {
  private final Memberships memberships;
  private final KnownPeople people;

  MessageEventHandler(Memberships memberships, KnownPeople people) {
    this.memberships = memberships;
    this.people = people;
  }

  @Override
  public Set<EventType> wants() {
    return EnumSet.of(
        EventType.CONVERSATION_CREATED,
        EventType.CONVERSATION_DELETED,
        EventType.PARTICIPANT_ADDED,
        EventType.PARTICIPANT_REMOVED,
        EventType.USER_UPSERTED);
  }

  @Override
  public void handle(EventEnvelope event) {
    switch (event.data()) {
      case ChatEvent.UserUpserted user ->
          QuarkusTransaction.requiringNew()
              .run(() ->
                  people.put(
                      new People.Person(
                          user.userId(),
                          user.name(),
                          user.email(),
                          user.active(),
                          event.version())));
      case ChatEvent.ConversationCreated created ->
          catchUp(created.conversationId(), event.version());
      case ChatEvent.ParticipantAdded added -> catchUp(added.conversationId(), event.version());
      case ChatEvent.ParticipantRemoved removed ->
          catchUp(removed.conversationId(), event.version());
      case ChatEvent.ConversationDeleted deleted ->
          memberships.apply(
              new com.secureapprove.chat.contracts.Membership(
                  deleted.conversationId(), event.version(), List.of()));
      case ChatEvent.ConversationUpdated _,
          ChatEvent.ConversationPreferencesChanged _,
          ChatEvent.MessageCreated _,
          ChatEvent.PositionsChanged _,
          ChatEvent.NotificationPublished _ -> {}
    }
  }

  private void catchUp(UUID conversationId, long version) {
    if (!memberships.knows(conversationId, version)) {
      memberships.refresh(conversationId);
    }
  }
}
