package com.secureapprove.chat.gateway.fanout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.secureapprove.chat.gateway.connection.Connection;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Typing, as clients tell it on their sockets.
@Singleton
public class TypingSignals {
  private final Fanout fanout;
  private final SignalChannels signals;

  TypingSignals(Fanout fanout, SignalChannels signals) {
    this.fanout = fanout;
    this.signals = signals;
  }

  /// Tells the others in the conversation that this person is typing.
  ///
  /// @param onStranger called where the person is not in it
  public void typing(Connection connection, UUID conversation, Runnable onStranger) {
    fanout.ifIn(
        connection.tenant(),
        conversation,
        connection.userId(),
        () -> tell(connection, conversation),
        onStranger);
  }

  private void tell(Connection connection, UUID conversation) {
    try {
      signals.typing(
          connection.tenant(),
          new SignalChannels.Typing(
              conversation, connection.userId(), connection.signedIn().person().name()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A signal cannot be encoded", e);
    }
  }
}
