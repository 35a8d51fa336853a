package com.secureapprove.chat.notification.mail;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// From messages to conversations that are reviewed after their quiet time.
@Singleton
public class MailIntake {
  private final MailTenants tenants;
  private final MailQueue queue;
  private final MailConfig config;
  private final Caller caller;
  private final Clock clock = Clock.systemUTC();

  MailIntake(MailTenants tenants, MailQueue queue, MailConfig config, Caller caller) {
    this.tenants = tenants;
    this.queue = queue;
    this.config = config;
    this.caller = caller;
  }

  /// The types that it needs.
  public Set<EventType> wants() {
    return tenants.areAnyMailed() ? Set.of(EventType.MESSAGE_CREATED) : Set.of();
  }

  /// Applies events of the caller's tenant. Needs a transaction. A new consumer group begins with
  /// old messages, which are ignored.
  public void apply(List<EventEnvelope> events) {
    if (tenants.content(caller.tenant()) == MailContent.OFF) {
      return;
    }
    Instant oldest = clock.instant().minus(config.againAfter());
    Map<UUID, Instant> quietUntil = new TreeMap<>();
    for (EventEnvelope event : events) {
      if (event.data() instanceof ChatEvent.MessageCreated created && event.at().isAfter(oldest)) {
        quietUntil.putIfAbsent(
            created.message().conversation(),
            created.message().createdAt().plus(config.quietTime()));
      }
    }
    queue.review(quietUntil);
  }
}
