package com.secureapprove.chat.conversation;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.conversation.groups.Ownership;
import com.secureapprove.chat.conversation.membership.LastMessages;
import com.secureapprove.chat.serviceplatform.consumer.EventHandler;
import com.secureapprove.chat.serviceplatform.people.KnownPeople;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Keeps local copies of data that other services own: people, and the last message of each
/// conversation.
@Singleton
class ConversationEventHandler implements EventHandler {
  private final KnownPeople people;
  private final Ownership ownership;
  private final LastMessages lastMessages;

  ConversationEventHandler(KnownPeople people, Ownership ownership, LastMessages lastMessages) {
    this.people = people;
    this.ownership = ownership;
    this.lastMessages = lastMessages;
  }

  @Override
  public Set<EventType> wants() {
    return EnumSet.of(EventType.USER_UPSERTED, EventType.MESSAGE_CREATED);
  }

  @Override
  public void handle(EventEnvelope event) {
    QuarkusTransaction.requiringNew().run(() -> apply(event));
  }

  /// Most events are messages. One statement updates the conversations of a whole page of messages.
  @Override
  public void handleAll(List<EventEnvelope> events) {
    List<MessageView> messages = new ArrayList<>();
    for (EventEnvelope event : events) {
      if (event.data() instanceof ChatEvent.MessageCreated created) {
        messages.add(created.message());
      } else {
        handle(event);
      }
    }
    if (!messages.isEmpty()) {
      QuarkusTransaction.requiringNew().run(() -> lastMessages.update(messages));
    }
  }

  private void apply(EventEnvelope event) {
    switch (event.data()) {
      case ChatEvent.UserUpserted user -> {
        people.put(
            new People.Person(
                user.userId(), user.name(), user.email(), user.active(), event.version()));
        if (people.activeAmong(List.of(user.userId())).isEmpty()) {
          ownership.transferFrom(user.userId());
        }
      }
      case ChatEvent.MessageCreated created -> lastMessages.update(List.of(created.message()));
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
