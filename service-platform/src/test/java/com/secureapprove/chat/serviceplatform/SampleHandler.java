package com.secureapprove.chat.serviceplatform;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.serviceplatform.consumer.EventHandler;
import com.secureapprove.chat.serviceplatform.people.KnownPeople;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Set;

/// Keeps the copy of the directory, as the services do.
@Singleton
class SampleHandler implements EventHandler {
  private final KnownPeople people;

  SampleHandler(KnownPeople people) {
    this.people = people;
  }

  @Override
  public Set<EventType> wants() {
    return Set.of(EventType.USER_UPSERTED);
  }

  @Override
  @Transactional
  public void handle(EventEnvelope event) {
    if (event.data() instanceof ChatEvent.UserUpserted user) {
      people.put(
          new People.Person(
              user.userId(), user.name(), user.email(), user.active(), event.version()));
    }
  }
}
