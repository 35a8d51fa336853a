package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.Revocations;
import com.secureapprove.chat.gateway.browsersession.UsedLogoutTokens;
import com.secureapprove.chat.gateway.http.Forms;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Receives logouts from issuers (OpenID Connect Back-Channel Logout 1.0): `POST
/// /t/<organisation>/backchannel-logout` with a form field `logout_token`. Other credentials of the
/// request are ignored.
@Singleton
class BackChannelLogout {
  private static final int MAX_FORM_BYTES = 16 << 10;

  private final Issuers issuers;
  private final RequestAuthenticator authenticator;
  private final TokenVerifier verifier;
  private final UsedLogoutTokens usedTokens;
  private final Revocations revocations;
  private final Problems problems;
  private final Duration leeway;
  private final Clock clock = Clock.systemUTC();

  BackChannelLogout(
      Issuers issuers,
      RequestAuthenticator authenticator,
      TokenVerifier verifier,
      UsedLogoutTokens usedTokens,
      Revocations revocations,
      Problems problems,
      TokensConfig tokens) {
    this.leeway = tokens.leeway();
    this.issuers = issuers;
    this.authenticator = authenticator;
    this.verifier = verifier;
    this.usedTokens = usedTokens;
    this.revocations = revocations;
    this.problems = problems;
  }

  void register(@Observes Router router) {
    router
        .post("/t/:organisation/backchannel-logout")
        .order(RouteOrder.PAGES)
        .handler(this::logout);
  }

  private void logout(RoutingContext request) {
    HttpServerRequest http = request.request();
    http.headers().remove("Authorization").remove("Cookie");
    Optional<Issuer> issuer = issuers.ofId(request.pathParam("organisation"));
    if (!hasAllowedLength(http)) {
      problems.answer(request, invalid("The form is missing or too large"));
    } else if (issuer.isEmpty()) {
      problems.answer(request, new ProblemException(Problem.NOT_FOUND, "Unknown organisation"));
    } else {
      Forms.read(http)
          .compose(_ -> fetchKeys(request))
          .compose(_ -> revoke(issuer.get(), http.getFormAttribute("logout_token")))
          .onSuccess(_ -> request.response().putHeader("Cache-Control", "no-store").end())
          .onFailure(failure -> problems.answer(request, failure));
    }
  }

  private static boolean hasAllowedLength(HttpServerRequest http) {
    String length = http.getHeader("Content-Length");
    return length != null
        && length.matches("[0-9]{1,5}")
        && Integer.parseInt(length) <= MAX_FORM_BYTES;
  }

  /// Fetches the issuer's keys if the OpenID Connect extension has none yet. The extension fetches
  /// them when a request tries to authenticate, even if the request has no credentials.
  private Future<Void> fetchKeys(RoutingContext request) {
    return authenticator
        .account(request)
        .transform(attempt ->
            attempt.cause() instanceof ProblemException problem
                    && problem.problem() == Problem.UNAVAILABLE
                ? Future.failedFuture(problem)
                : Future.succeededFuture());
  }

  private Future<Void> revoke(Issuer issuer, @Nullable String token) {
    if (token == null) {
      return Future.failedFuture(invalid("The form field logout_token is missing"));
    }
    return verifier
        .logoutToken(issuer, token)
        .map(valid ->
            valid.flatMap(claims -> LogoutClaims.of(issuer, claims, clock.instant(), leeway)))
        .compose(claims ->
            claims.isEmpty()
                ? Future.failedFuture(invalid("The logout_token is not valid"))
                : revokeOnce(issuer, claims.get()));
  }

  private Future<Void> revokeOnce(Issuer issuer, LogoutClaims claims) {
    return usedTokens
        .isNew(issuer.id(), claims.tokenId())
        .compose(isNew -> {
          if (!isNew) {
            return Future.failedFuture(invalid("The logout_token has already been used"));
          }
          String session = claims.session();
          String account = claims.account();
          return session != null
              ? revocations.revokeNamed(session)
              : account != null ? revocations.revokeNamed(account) : Future.succeededFuture();
        });
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(Problem.INVALID, detail);
  }
}
