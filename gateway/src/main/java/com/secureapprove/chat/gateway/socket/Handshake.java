package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.connection.CloseCause;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// The result of authenticating an upgrade request.
sealed interface Handshake {

  /// The caller is authenticated.
  ///
  /// @param transport the HTTP connection under the WebSocket
  /// @param lastEventId the resume position that the client sent, not validated; null for a new
  ///   client
  record Accepted(
      AuthenticatedCaller caller, HttpConnection transport, @Nullable String lastEventId)
      implements Handshake {}

  /// The upgrade succeeds, and the WebSocket is closed immediately. A browser cannot read the
  /// status of a failed upgrade, but it can read a close code.
  record Rejected(CloseCause cause) implements Handshake {}
}
