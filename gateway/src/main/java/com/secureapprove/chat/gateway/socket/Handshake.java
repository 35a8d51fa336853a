package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.connection.CloseCause;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// Who comes with an upgrade.
sealed interface Handshake {

  /// Somebody whom we know.
  ///
  /// @param transport what the socket runs on
  /// @param lastEventId where they say that they stood, whatever it is; null where they begin
  record Accepted(
      AuthenticatedCaller caller, HttpConnection transport, @Nullable String lastEventId)
      implements Handshake {}

  /// Somebody who is let in only to be told why not: a browser can see no other answer.
  record Rejected(CloseCause cause) implements Handshake {}
}
