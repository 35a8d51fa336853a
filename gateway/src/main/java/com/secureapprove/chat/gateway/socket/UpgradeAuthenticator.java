package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.authentication.ClaimedIssuer;
import com.secureapprove.chat.gateway.authentication.ExpectedPerson;
import com.secureapprove.chat.gateway.authentication.Issuer;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.ConnectionsConfig;
import com.secureapprove.chat.gateway.connection.Draining;
import com.secureapprove.chat.gateway.http.Origins;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.limits.FairPermits;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.limits.SlowRefusals;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Authenticates WebSocket upgrades before the endpoint accepts them.
///
/// An origin that is not allowed, or a cookie without an origin, fails the upgrade with a status.
/// Missing or invalid credentials are accepted and closed with a close code, because a browser
/// cannot read the status of a failed upgrade.
@Singleton
class UpgradeAuthenticator {
  private static final int RETRY_AFTER_SECONDS = 2;

  /// How long an upgrade waits for a permit.
  private static final Duration WAITING = Duration.ofSeconds(30);

  private final Draining draining;
  private final Origins origins;
  private final RequestAuthenticator authenticator;
  private final Problems problems;
  private final GatewayMeters meters;
  private final RateLimits limits;
  private final SlowRefusals refusals;

  /// Limits how many upgrades are authenticated at the same time, in all and for each issuer.
  private final FairPermits permits;

  private final ClaimedIssuer claimedIssuer;

  UpgradeAuthenticator(
      Draining draining,
      Origins origins,
      RequestAuthenticator authenticator,
      ClaimedIssuer claimedIssuer,
      Problems problems,
      GatewayMeters meters,
      RateLimits limits,
      SlowRefusals refusals,
      ConnectionsConfig config,
      Vertx vertx) {
    this.draining = draining;
    this.origins = origins;
    this.authenticator = authenticator;
    this.problems = problems;
    this.meters = meters;
    this.limits = limits;
    this.refusals = refusals;
    this.claimedIssuer = claimedIssuer;
    int ofIssuer = Math.max(1, config.arriving() / 2);
    this.permits =
        new FairPermits(
            vertx,
            new FairPermits.Size(
                config.arriving(), ofIssuer, ofIssuer, config.waiting(), config.waiting()));
  }

  void register(@Observes Router router) {
    // like the endpoint's own route, this one matches with and without a trailing slash
    router.route(ChatSocket.PATH).order(RouteOrder.SOCKET).handler(this::authenticate);
  }

  private void authenticate(RoutingContext request) {
    HttpServerRequest http = request.request();
    if (!"websocket".equalsIgnoreCase(http.getHeader("Upgrade"))) {
      problems.answer(request, new ProblemException(Problem.INVALID, "WebSocket upgrade required"));
      return;
    }
    if (draining.hasStarted()) {
      problems.answer(
          request,
          ProblemException.retryAfter(Problem.UNAVAILABLE, "The gateway is shutting down", 1));
      return;
    }
    SubprotocolToken.unpack(http.headers());
    if (!mayConnect(http)) {
      problems.answer(request, new ProblemException(Problem.FORBIDDEN, "Origin not allowed"));
      return;
    }
    http.pause();
    Context context = request.vertx().getOrCreateContext();
    permits
        .acquire(share(http), WAITING)
        .onSuccess(permit -> context.runOnContext(_ -> identify(request, permit)))
        .onFailure(_ -> context.runOnContext(_ -> refuse(request)));
  }

  /// Nothing is verified yet. A client that names another issuer holds its permit for a moment,
  /// because its credentials are invalid.
  private Share share(HttpServerRequest http) {
    String issuer = claimedIssuer.of(http).map(Issuer::id).orElse("none");
    return new Share(issuer, issuer);
  }

  private void refuse(RoutingContext request) {
    meters.connectionRefused("arrivals");
    if (!request.response().closed()) {
      problems.answer(
          request,
          ProblemException.retryAfter(
              Problem.UNAVAILABLE, "Too many concurrent handshakes", RETRY_AFTER_SECONDS));
    }
  }

  private void identify(RoutingContext request, FairPermits.Permit permit) {
    if (request.response().closed()) {
      permit.release(); // the client left while its upgrade was queued
      return;
    }
    authenticator
        .caller(request)
        .onComplete(_ -> permit.release())
        .onSuccess(caller -> accept(request, caller))
        .onFailure(failure -> reject(request, cause(failure)));
  }

  private void accept(RoutingContext request, AuthenticatedCaller caller) {
    HttpServerRequest http = request.request();
    if (!ExpectedPerson.is(http.getParam(ExpectedPerson.PARAMETER), caller)) {
      upgrade(request, new Handshake.Rejected(CloseCause.OTHER_PERSON));
    } else if (!limits.takeLocally(Limit.CONNECTIONS, caller.share()).isZero()) {
      meters.connectionRefused("rate");
      refusals.afterDelay(
          caller.share(), () -> upgrade(request, new Handshake.Rejected(CloseCause.TOO_MANY)));
    } else {
      upgrade(
          request,
          new Handshake.Accepted(caller, http.connection(), http.getParam("last_event_id")));
    }
  }

  private void reject(RoutingContext request, CloseCause cause) {
    Handshake rejected = new Handshake.Rejected(cause);
    if (cause == CloseCause.NOT_SIGNED_IN) {
      refusals.afterDelay(request, () -> upgrade(request, rejected));
    } else {
      upgrade(request, rejected);
    }
  }

  private boolean mayConnect(HttpServerRequest http) {
    String origin = http.getHeader("Origin");
    if (origin != null) {
      return origins.allows(origin);
    }
    return http.getHeader("Authorization") != null || http.getHeader("Cookie") == null;
  }

  private static void upgrade(RoutingContext request, Handshake handshake) {
    HttpServerRequest http = request.request();
    if (request.response().closed()) {
      return; // the client left during authentication
    }
    UpgradeGate.store(handshake);
    forgetCredentials(request);
    FrameGuard.install(http.connection());
    request.next();
    http.resume();
  }

  /// Hides the credentials from the WebSocket extension. It would close the connection with 1008
  /// when the token expires, without renewal, and would keep the headers in memory.
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
