package com.secureapprove.chat.notification.push;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.notification.encryption.PushServer;
import com.secureapprove.chat.notification.subscriptions.Subscriptions;
import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// From events to messages that are to be announced. Also ends what events make pointless: pending
/// notifications of messages that were read, and subscriptions of people who were deactivated.
@Singleton
public class PushIntake {
  private final PushServer server;
  private final Subscriptions subscriptions;
  private final PushMessages messages;
  private final PushConfig config;
  private final Caller caller;
  private final Clock clock = Clock.systemUTC();

  PushIntake(
      PushServer server,
      Subscriptions subscriptions,
      PushMessages messages,
      PushConfig config,
      Caller caller) {
    this.server = server;
    this.subscriptions = subscriptions;
    this.messages = messages;
    this.config = config;
    this.caller = caller;
  }

  /// The types that it needs.
  public Set<EventType> wants() {
    return server.isConfigured()
        ? Set.of(EventType.MESSAGE_CREATED, EventType.POSITIONS_CHANGED, EventType.USER_UPSERTED)
        : Set.of(EventType.USER_UPSERTED);
  }

  /// Applies events of the caller's tenant. Needs a transaction.
  ///
  /// @return whether a message was stored
  public boolean apply(List<EventEnvelope> events) {
    if (!subscriptions.exist()) {
      return false;
    }
    Instant oldest = clock.instant().minus(config.expireAfter());
    boolean stored = false;
    // All messages first: the order of locks is that of PushMessages.
    for (EventEnvelope event : events) {
      if (event.data() instanceof ChatEvent.MessageCreated created
          && server.isConfigured()
          && event.at().isAfter(oldest)) {
        stored |= messages.store(allowed(created.message()));
      }
    }
    for (EventEnvelope event : events) {
      if (event.data() instanceof ChatEvent.PositionsChanged moved && moved.readSeq() != null) {
        messages.endRead(moved.userId(), moved.conversationId(), moved.readSeq());
      } else if (event.data() instanceof ChatEvent.UserUpserted user && !user.active()) {
        subscriptions.removeAllOf(user.userId());
      }
    }
    return stored;
  }

  /// What the tenant allows in notifications. Nothing else is stored.
  private AnnouncedMessage allowed(MessageView message) {
    PushContent content = config.contentOf().getOrDefault(caller.tenant(), config.content());
    return new AnnouncedMessage(
        message.id(),
        message.conversation(),
        message.seq(),
        message.senderId(),
        content.allows(PushContent.SENDER) ? message.senderName() : null,
        content.allows(PushContent.TEXT) ? PushPayload.excerpt(message.content()) : null,
        message.createdAt());
  }
}
