package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.ConnectionsConfig;
import com.secureapprove.chat.gateway.connection.Draining;
import com.secureapprove.chat.gateway.http.Origins;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.limits.Permits;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The way to the WebSocket: finds out who comes before the upgrade.
///
/// A foreign origin is refused at the upgrade, and so is a cookie without any origin. Missing or
/// bad credentials are let through to be closed at once, because a browser can see no other answer.
@Singleton
class UpgradeAuthenticator {
  private static final int RETRY_AFTER_SECONDS = 2;

  private final Draining draining;
  private final Origins origins;
  private final RequestAuthenticator callers;
  private final Problems problems;
  private final GatewayMeters meters;

  /// Limits how many upgrades are authenticated at the same time.
  private final Permits<String> permits;

  UpgradeAuthenticator(
      Draining draining,
      Origins origins,
      RequestAuthenticator callers,
      Problems problems,
      GatewayMeters meters,
      ConnectionsConfig config) {
    this.draining = draining;
    this.origins = origins;
    this.callers = callers;
    this.problems = problems;
    this.meters = meters;
    this.permits = new Permits<>(config.arriving(), config.waiting());
  }

  void register(@Observes Router router) {
    // as the endpoint's own route does, this one fits with and without a slash at the end
    router.route(ChatSocket.PATH).order(RouteOrder.SOCKET).handler(this::arrive);
  }

  private void arrive(RoutingContext request) {
    HttpServerRequest http = request.request();
    if (!"websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
      problems.answer(
          request, new ProblemException(Problem.INVALID, "This is a WebSocket endpoint"));
      return;
    }
    if (draining.hasBegun()) {
      problems.answer(
          request, ProblemException.retryAfter(Problem.UNAVAILABLE, "This gateway is stopping", 1));
      return;
    }
    SubprotocolToken.unpack(http.headers());
    if (!mayConnect(http)) {
      problems.answer(
          request, new ProblemException(Problem.FORBIDDEN, "Pages of this origin may not connect"));
      return;
    }
    http.pause();
    Context context = request.vertx().getOrCreateContext();
    if (!permits.run(ChatSocket.PATH, () -> identify(request, context))) {
      meters.connectionRefused("arrivals");
      problems.answer(
          request,
          ProblemException.retryAfter(
              Problem.UNAVAILABLE, "Too many are signing in at this moment", RETRY_AFTER_SECONDS));
    }
  }

  private Future<?> identify(RoutingContext request, Context context) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> {
      if (request.response().closed()) {
        done.complete(); // gone while they waited
      } else {
        callers
            .caller(request)
            .onComplete(caller -> enter(request, caller))
            .onComplete(_ -> done.complete());
      }
    });
    return done.future();
  }

  private boolean mayConnect(HttpServerRequest http) {
    String origin = http.getHeader("Origin");
    if (origin != null) {
      return origins.allows(origin);
    }
    return http.getHeader("Authorization") != null || http.getHeader("Cookie") == null;
  }

  private static void enter(RoutingContext request, AsyncResult<AuthenticatedCaller> caller) {
    HttpServerRequest http = request.request();
    if (request.response().closed()) {
      return; // gone while it was found out who they are: there is nothing to upgrade
    }
    UpgradeGate.leave(
        caller.succeeded()
            ? new Handshake.Accepted(
                caller.result(), http.connection(), http.getParam("last_event_id"))
            : new Handshake.Rejected(cause(caller.cause())));
    forgetCredentials(request);
    request.next();
    http.resume();
  }

  /// From here on the connection is what counts. The extension would close it with 1008 when the
  /// token ends, could not be told of a fresh one, and would keep the headers as long as it lives.
  private static void forgetCredentials(RoutingContext request) {
    request.remove(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
    request.clearUser();
    request.request().headers().remove("Authorization").remove("Cookie");
  }

  private static CloseCause cause(Throwable failure) {
    return failure instanceof ProblemException problem
        ? switch (problem.problem()) {
          case UNAUTHENTICATED -> CloseCause.NOT_SIGNED_IN;
          case FORBIDDEN -> CloseCause.NO_TENANT;
          default -> CloseCause.UNAVAILABLE;
        }
        : CloseCause.UNAVAILABLE;
  }
}
