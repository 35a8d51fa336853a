package com.secureapprove.chat.gateway.signals;

import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.fanout.Fanout;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.platform.signals.TypingPublisher;
import com.secureapprove.chat.platform.signals.TypingSignal;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Publishes the typing signals that clients send over their connections. Thread-safe.
@Singleton
public class TypingSignals {
  private final Fanout fanout;
  private final RateLimits limits;
  private final TypingPublisher signals;

  TypingSignals(Fanout fanout, RateLimits limits, TypingPublisher signals) {
    this.fanout = fanout;
    this.limits = limits;
    this.signals = signals;
  }

  /// Publishes to the other participants of the conversation that this person is typing.
  ///
  /// @param onNotParticipant runs if the person is not in the conversation
  public void typing(Connection connection, UUID conversation, Runnable onNotParticipant) {
    fanout.ifMember(
        connection.tenant(),
        conversation,
        connection.userId(),
        () -> publish(connection, conversation),
        onNotParticipant);
  }

  /// Drops signals of less than a second before in one conversation, and of a person who types in
  /// many, before they cost a call to Redis and a frame for each participant.
  private void publish(Connection connection, UUID conversation) {
    Share share = connection.caller().share();
    if (limits.takeLocally(Limit.TYPING, share, conversation).isZero()
        && limits.takeLocally(Limit.CHANGES, share, Limit.TYPING).isZero()) {
      signals.publish(
          connection.tenant(),
          new TypingSignal(conversation, connection.userId(), connection.caller().person().name()));
    }
  }
}
