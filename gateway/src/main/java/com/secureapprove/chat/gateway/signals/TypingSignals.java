package com.secureapprove.chat.gateway.signals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.fanout.Fanout;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Publishes the typing signals that clients send over their connections. Thread-safe.
@Singleton
public class TypingSignals {
  private final Fanout fanout;
  private final SignalChannels channels;

  TypingSignals(Fanout fanout, SignalChannels channels) {
    this.fanout = fanout;
    this.channels = channels;
  }

  /// Publishes to the other participants of the conversation that this person is typing.
  ///
  /// @param onNotParticipant runs if the person is not in the conversation
  public void typing(Connection connection, UUID conversation, Runnable onNotParticipant) {
    fanout.ifIn(
        connection.tenant(),
        conversation,
        connection.userId(),
        () -> publish(connection, conversation),
        onNotParticipant);
  }

  private void publish(Connection connection, UUID conversation) {
    try {
      channels.publishTyping(
          connection.tenant(),
          new SignalChannels.Typing(
              conversation, connection.userId(), connection.caller().person().name()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot encode a typing signal", e);
    }
  }
}
