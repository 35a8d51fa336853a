package com.secureapprove.chat.conversation;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.conversation.groups.Ownership;
import com.secureapprove.chat.conversation.membership.LastMessage;
import com.secureapprove.chat.platform.events.EventHandler;
import com.secureapprove.chat.platform.people.KnownPeople;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Keeps the copies of others' facts: people, and how far each conversation has come.
@Singleton
class ApplyEvents implements EventHandler {
  private final KnownPeople people;
  private final Ownership ownership;

  ApplyEvents(KnownPeople people, Ownership ownership) {
    this.people = people;
    this.ownership = ownership;
  }

  @Override
  public Set<EventType> wants() {
    return EnumSet.of(EventType.USER_UPSERTED, EventType.MESSAGE_CREATED);
  }

  @Override
  public void handle(EventEnvelope event) {
    QuarkusTransaction.requiringNew().run(() -> apply(event));
  }

  private void apply(EventEnvelope event) {
    switch (event.data()) {
      case ChatEvent.UserUpserted user -> {
        people.put(
            new People.Person(
                user.userId(), user.name(), user.email(), user.active(), event.version()));
        if (people.activeAmong(List.of(user.userId())).isEmpty()) {
          ownership.leaveBehind(user.userId());
        }
      }
      case ChatEvent.MessageCreated created -> LastMessage.note(created.message());
      case ChatEvent.ConversationCreated _,
          ChatEvent.ConversationUpdated _,
          ChatEvent.ConversationPreferencesChanged _,
          ChatEvent.ConversationDeleted _,
          ChatEvent.ParticipantAdded _,
          ChatEvent.ParticipantRemoved _,
          ChatEvent.PositionsChanged _,
          ChatEvent.NotificationPublished _ -> {}
    }
  }
}
