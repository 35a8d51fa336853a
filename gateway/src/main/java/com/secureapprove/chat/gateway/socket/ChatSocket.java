package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.activity.Activity;
import com.secureapprove.chat.gateway.answers.Problems;
import com.secureapprove.chat.gateway.answers.RouteOrder;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.connection.OpenConnections;
import com.secureapprove.chat.gateway.fanout.Fanout;
import com.secureapprove.chat.gateway.identity.Callers;
import com.secureapprove.chat.gateway.identity.SignedIn;
import com.secureapprove.chat.gateway.identity.SignedIn.BearerToken;
import com.secureapprove.chat.gateway.identity.SignedIn.SessionCookie;
import com.secureapprove.chat.gateway.sessions.EndedSessions;
import com.secureapprove.chat.gateway.signin.Origins;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/// The endpoint of the WebSocket.
///
/// A foreign origin is refused at the upgrade, and so is a cookie without any origin. Missing or
/// bad credentials are accepted and closed at once, because a browser can see no other answer.
@Singleton
class ChatSocket {
  private static final Logger LOG = Logger.getLogger(ChatSocket.class);

  /// How long a connection by cookie lasts before the browser has to show that its session does.
  private static final Duration COOKIE_LASTS = Duration.ofHours(1);

  private final Vertx vertx;
  private final Origins origins;
  private final Callers callers;
  private final OpenConnections connections;
  private final Fanout fanout;
  private final Dialogue dialogue;
  private final EndedSessions sessions;
  private final Activity activity;
  private final Problems problems;

  ChatSocket(
      Vertx vertx,
      Origins origins,
      Callers callers,
      OpenConnections connections,
      Fanout fanout,
      Dialogue dialogue,
      EndedSessions sessions,
      Activity activity,
      Problems problems) {
    this.vertx = vertx;
    this.origins = origins;
    this.callers = callers;
    this.connections = connections;
    this.fanout = fanout;
    this.dialogue = dialogue;
    this.sessions = sessions;
    this.activity = activity;
    this.problems = problems;
  }

  @PostConstruct
  void closeWithTheSession() {
    sessions.onEnd(digest ->
        connections.closeAll(
            connection ->
                connection.signedIn().credential() instanceof SessionCookie cookie
                    && EndedSessions.digest(cookie.session()).equals(digest),
            CloseCause.CREDENTIALS_ENDED));
  }

  void register(@Observes Router router) {
    router.route("/ws/chat").order(RouteOrder.SOCKET).handler(this::upgrade);
    router.route("/ws/chat/").order(RouteOrder.SOCKET).handler(this::upgrade);
  }

  private void upgrade(RoutingContext request) {
    HttpServerRequest http = request.request();
    if (!"websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
      problems.answer(
          request, new ProblemException(Problem.INVALID, "This is a WebSocket endpoint"));
      return;
    }
    CarriedToken.unpack(http.headers());
    if (!mayConnect(http)) {
      problems.answer(
          request, new ProblemException(Problem.FORBIDDEN, "Pages of this origin may not connect"));
      return;
    }
    http.pause();
    callers.of(request).onComplete(caller -> accept(http, caller));
  }

  private boolean mayConnect(HttpServerRequest http) {
    String origin = http.getHeader("Origin");
    if (origin != null) {
      return origins.allows(origin);
    }
    return http.getHeader("Authorization") != null || http.getHeader("Cookie") == null;
  }

  private void accept(HttpServerRequest http, AsyncResult<SignedIn> caller) {
    HttpConnection transport = http.connection();
    http.toWebSocket()
        .onSuccess(socket -> {
          if (caller.succeeded()) {
            open(socket, transport, caller.result());
          } else {
            turnAway(socket, caller.cause());
          }
        })
        .onFailure(failure -> LOG.debugf(failure, "upgrade_failed"));
    http.resume();
  }

  private static void turnAway(ServerWebSocket socket, Throwable failure) {
    CloseCause cause =
        failure instanceof ProblemException problem
            ? switch (problem.problem()) {
              case UNAUTHENTICATED -> CloseCause.NOT_SIGNED_IN;
              case FORBIDDEN -> CloseCause.NO_TENANT;
              default -> CloseCause.UNAVAILABLE;
            }
            : CloseCause.UNAVAILABLE;
    socket.close(cause.code(), cause.reason());
  }

  private void open(ServerWebSocket socket, HttpConnection transport, SignedIn caller) {
    Connection connection =
        new Connection(
            vertx, socket, transport, UUID.randomUUID().toString(), caller, endOf(caller));
    IncomingText incoming = new IncomingText(text -> hear(connection, text), connection::close);
    socket.frameHandler(incoming::frame);
    socket.exceptionHandler(failure -> LOG.debugf(failure, "connection_failed"));
    socket.closeHandler(_ -> {
      connections.remove(connection);
      fanout.leave(connection);
    });
    connections.add(connection);
    fanout.join(connection);
    activity.of(connection.tenant(), connection.userId());
  }

  private void hear(Connection connection, String text) {
    if (connection.isOpen()) {
      dialogue.hear(connection, text);
    }
  }

  private static Instant endOf(SignedIn caller) {
    return switch (caller.credential()) {
      case BearerToken token -> token.end();
      case SessionCookie _ -> Instant.now().plus(COOKIE_LASTS);
    };
  }
}
