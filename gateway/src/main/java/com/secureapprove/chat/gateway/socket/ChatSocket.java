package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.activity.ActivityTracker;
import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.authentication.Credential.BearerToken;
import com.secureapprove.chat.gateway.authentication.Credential.SessionCookie;
import com.secureapprove.chat.gateway.browsersession.Revocations;
import com.secureapprove.chat.gateway.browsersession.SessionRecords;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.connection.ConnectionsConfig;
import com.secureapprove.chat.gateway.connection.OpenConnections;
import com.secureapprove.chat.gateway.fanout.Fanout;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.platform.outage.Reason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPingMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.PostConstruct;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The WebSocket endpoint. All callbacks of a socket run on its event loop, one after the other.
@WebSocket(path = ChatSocket.PATH)
class ChatSocket {
  static final String PATH = "/ws/chat";

  private static final Logger LOG = Logger.getLogger(ChatSocket.class);
  private static final TypedKey<Connection> CONNECTION = new TypedKey<>("connection");

  private final Vertx vertx;
  private final OpenConnections connections;
  private final Fanout fanout;
  private final ClientFrameHandler frameHandler;
  private final Revocations sessions;
  private final SessionRecords records;
  private final ActivityTracker activity;
  private final ConnectionsConfig config;
  private final RateLimits limits;

  ChatSocket(
      Vertx vertx,
      OpenConnections connections,
      Fanout fanout,
      ClientFrameHandler frameHandler,
      Revocations sessions,
      SessionRecords records,
      ActivityTracker activity,
      ConnectionsConfig config,
      RateLimits limits) {
    this.vertx = vertx;
    this.connections = connections;
    this.fanout = fanout;
    this.frameHandler = frameHandler;
    this.sessions = sessions;
    this.records = records;
    this.activity = activity;
    this.config = config;
    this.limits = limits;
  }

  @PostConstruct
  void watchCredentials() {
    sessions.onRevocation(revoked ->
        connections.closeAll(
            connection ->
                connection.caller().credential() instanceof SessionCookie cookie
                    && revoked.test(cookie.session()),
            CloseCause.CREDENTIALS_ENDED));
    connections.onExpiry(connection ->
        switch (connection.caller().credential()) {
          case BearerToken _ -> Future.succeededFuture(Instant.EPOCH);
          case SessionCookie cookie -> records.openUntil(cookie.session());
        });
  }

  @OnOpen
  @NonBlocking
  void open(WebSocketConnection socket) {
    switch (socket.userData().remove(UpgradeGate.HANDSHAKE)) {
      case Handshake.Accepted accepted -> open(socket, accepted);
      case Handshake.Rejected(CloseCause cause) -> close(socket, cause);
    }
  }

  private void open(WebSocketConnection socket, Handshake.Accepted accepted) {
    AuthenticatedCaller caller = accepted.caller();
    Connection connection =
        new Connection(
            vertx,
            socket,
            accepted.transport(),
            UUID.randomUUID().toString(),
            caller,
            config.framesPerSecond(),
            () -> limits.takeLocally(Limit.FRAMES, caller.share()).isZero(),
            expiryOf(caller));
    if (!connections.add(connection)) {
      connection.close(CloseCause.TOO_MANY);
      return;
    }
    socket.userData().put(CONNECTION, connection);
    FrameGuard.guard(accepted.transport(), connection);
    fanout.join(connection, accepted.lastEventId());
    activity.active(connection.tenant(), connection.userId());
  }

  @OnTextMessage
  @NonBlocking
  void receive(WebSocketConnection socket, String text) {
    Connection connection = connectionOf(socket);
    if (connection == null || !connection.isOpen()) {
      return;
    }
    if (connection.frameReceived()) {
      frameHandler.handle(connection, text);
    } else {
      connection.close(CloseCause.TOO_MANY);
    }
  }

  @OnBinaryMessage
  @NonBlocking
  void refuseBinary(WebSocketConnection socket, Buffer binary) {
    end(socket, CloseCause.NOT_TEXT);
  }

  @OnPingMessage
  @NonBlocking
  void receivePing(WebSocketConnection socket, Buffer payload) {
    Connection connection = connectionOf(socket);
    if (connection != null && !connection.controlFrameReceived()) {
      connection.close(CloseCause.TOO_MANY);
    }
  }

  @OnClose
  @NonBlocking
  void close(WebSocketConnection socket) {
    Connection connection = connectionOf(socket);
    if (connection != null) {
      connections.remove(connection);
      fanout.leave(connection);
    }
  }

  /// A fragmented message exceeds the size limit.
  @OnError
  @NonBlocking
  void tooBig(WebSocketConnection socket, IllegalStateException failure) {
    LOG.debugf("message_too_big reason=%s", Reason.of(failure));
    end(socket, CloseCause.FRAME_TOO_BIG);
  }

  /// The network failed, or the client violated the WebSocket protocol. The close callback follows.
  @OnError
  @NonBlocking
  void failed(Throwable failure) {
    LOG.debugf(failure, "connection_failed");
  }

  private static void end(WebSocketConnection socket, CloseCause cause) {
    Connection connection = connectionOf(socket);
    if (connection != null) {
      connection.close(cause);
    }
  }

  private static void close(WebSocketConnection socket, CloseCause cause) {
    socket.close(cause.toReason()).subscribe().with(_ -> {}, _ -> {});
  }

  private static @Nullable Connection connectionOf(WebSocketConnection socket) {
    return socket.userData().get(CONNECTION);
  }

  private static Instant expiryOf(AuthenticatedCaller caller) {
    return switch (caller.credential()) {
      case BearerToken token -> token.end();
      case SessionCookie _ -> Instant.now(); // the expiry lookup reads it from the session record
    };
  }
}
