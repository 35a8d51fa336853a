package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.Revocations;
import com.secureapprove.chat.gateway.browsersession.UsedLogoutTokens;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where each issuer tells that somebody signed out there (OpenID Connect Back-Channel Logout 1.0):
/// `POST /t/<organisation>/backchannel-logout` with a `logout_token`, which is all that counts.
@Singleton
class BackChannelLogout {
  private static final int LARGEST = 16 << 10;

  private final Issuers issuers;
  private final RequestAuthenticator callers;
  private final LogoutTokenVerification verification;
  private final UsedLogoutTokens tokens;
  private final Revocations sessions;
  private final Problems problems;

  BackChannelLogout(
      Issuers issuers,
      RequestAuthenticator callers,
      LogoutTokenVerification verification,
      UsedLogoutTokens tokens,
      Revocations sessions,
      Problems problems) {
    this.issuers = issuers;
    this.callers = callers;
    this.verification = verification;
    this.tokens = tokens;
    this.sessions = sessions;
    this.problems = problems;
  }

  void register(@Observes Router router) {
    router
        .post("/t/:organisation/backchannel-logout")
        .order(RouteOrder.PAGES)
        .handler(this::loggedOut);
  }

  private void loggedOut(RoutingContext request) {
    HttpServerRequest http = request.request();
    http.headers().remove("Authorization").remove("Cookie");
    String length = http.getHeader("Content-Length");
    Optional<Issuer> issuer = issuers.ofId(request.pathParam("organisation"));
    if (length == null || !length.matches("[0-9]{1,5}") || Integer.parseInt(length) > LARGEST) {
      problems.answer(request, refusal("The form is missing or too large"));
    } else if (issuer.isEmpty()) {
      problems.answer(
          request, new ProblemException(Problem.NOT_FOUND, "There is no such organisation"));
    } else {
      form(http)
          .compose(_ -> keysOf(request))
          .compose(_ -> end(issuer.get(), http.getFormAttribute("logout_token")))
          .onSuccess(_ -> request.response().putHeader("Cache-Control", "no-store").end())
          .onFailure(failure -> problems.answer(request, failure));
    }
  }

  private static Future<Void> form(HttpServerRequest http) {
    if (http.isEnded()) {
      return Future.succeededFuture();
    }
    http.setExpectMultipart(true);
    Future<Void> end = http.end();
    http.resume();
    return end;
  }

  /// Nobody signs in by this call, but trying fetches the issuer's keys where that was not done
  /// yet.
  private Future<Void> keysOf(RoutingContext request) {
    return callers
        .accountOf(request)
        .transform(tried ->
            tried.cause() instanceof ProblemException problem
                    && problem.problem() == Problem.UNAVAILABLE
                ? Future.failedFuture(problem)
                : Future.succeededFuture());
  }

  private Future<Void> end(Issuer issuer, @Nullable String token) {
    if (token == null) {
      return Future.failedFuture(refusal("There is no logout_token"));
    }
    return verification
        .verify(issuer, token)
        .compose(claims ->
            claims.isEmpty()
                ? Future.failedFuture(refusal("The logout_token is not valid"))
                : endOnce(issuer, claims.get()));
  }

  private Future<Void> endOnce(Issuer issuer, LogoutClaims claims) {
    return tokens
        .isNew(issuer.id(), claims.token())
        .compose(isNew -> {
          if (!isNew) {
            return Future.failedFuture(refusal("The logout_token has been used"));
          }
          String session = claims.session();
          String account = claims.account();
          return session != null
              ? sessions.endSession(session)
              : account != null ? sessions.endAllOf(account) : Future.succeededFuture();
        });
  }

  private static ProblemException refusal(String detail) {
    return new ProblemException(Problem.INVALID, detail);
  }
}
