package com.secureapprove.chat.gateway.pages;

import static com.secureapprove.chat.gateway.pages.PageResponses.goTo;

import com.secureapprove.chat.gateway.authentication.Credential.BearerToken;
import com.secureapprove.chat.gateway.authentication.Credential.SessionCookie;
import com.secureapprove.chat.gateway.authentication.CsrfTokens;
import com.secureapprove.chat.gateway.authentication.Issuer;
import com.secureapprove.chat.gateway.authentication.Issuers;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.authentication.VerifiedAccount;
import com.secureapprove.chat.gateway.browsersession.Revocations;
import com.secureapprove.chat.gateway.browsersession.SessionCookieNames;
import com.secureapprove.chat.gateway.browsersession.SessionCookies;
import com.secureapprove.chat.gateway.http.Forms;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.PublicOrigin;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Reports whether a browser has a session, and signs it out.
@Singleton
class SessionRoutes {
  private static final int MAX_FORM_BYTES = 8 << 10;

  private final Issuers issuers;
  private final RequestAuthenticator authenticator;
  private final CsrfTokens csrf;
  private final Revocations revocations;
  private final IssuerSignOut issuerSignOut;
  private final String csrfCookie;
  private final PublicOrigin origin;
  private final Problems problems;

  SessionRoutes(
      Issuers issuers,
      RequestAuthenticator authenticator,
      CsrfTokens csrf,
      Revocations revocations,
      IssuerSignOut issuerSignOut,
      SessionCookieNames names,
      PublicOrigin origin,
      Problems problems) {
    this.issuers = issuers;
    this.issuerSignOut = issuerSignOut;
    this.csrfCookie = names.csrf();
    this.authenticator = authenticator;
    this.csrf = csrf;
    this.revocations = revocations;
    this.origin = origin;
    this.problems = problems;
  }

  void register(@Observes Router router) {
    router.get("/session").order(RouteOrder.PAGES).handler(this::session);
    router.head("/session").order(RouteOrder.PAGES).handler(this::session);
    router.post("/sign-out").order(RouteOrder.PAGES).handler(this::signOut);
    router.post("/sign-out/").order(RouteOrder.PAGES).handler(this::signOut);
  }

  /// Whether the request has a valid session cookie. Answers 200 in both cases, because browsers
  /// log every 401 on the console.
  private void session(RoutingContext request) {
    authenticator
        .account(request)
        .map(account -> account.credential() instanceof SessionCookie)
        .recover(failure ->
            isUnauthenticated(failure)
                ? Future.succeededFuture(false)
                : Future.failedFuture(failure))
        .onSuccess(signedIn -> json(request, new JsonObject().put("signed_in", signedIn)))
        .onFailure(failure -> problems.answer(request, failure));
  }

  private static boolean isUnauthenticated(Throwable failure) {
    return failure instanceof ProblemException problem
        && problem.problem() == Problem.UNAUTHENTICATED;
  }

  private void signOut(RoutingContext request) {
    HttpServerRequest http = request.request();
    String length = http.getHeader("Content-Length");
    if (length != null && Long.parseLong(length) > MAX_FORM_BYTES) {
      problems.answer(request, new ProblemException(Problem.TOO_LARGE, "The form is too large"));
      return;
    }
    Forms.read(http)
        .compose(_ -> authenticator.account(request))
        .onSuccess(account -> signOut(request, account))
        .onFailure(_ -> signedOut(request, afterSignOut(request)));
  }

  /// The next page of a browser whose session is no longer valid.
  private String afterSignOut(RoutingContext request) {
    return SessionCookies.organisationsOf(request.request())
        .flatMap(organisation -> issuers.ofId(organisation).stream())
        .map(Issuer::afterSignOut)
        .findFirst()
        .orElse("/");
  }

  private void signOut(RoutingContext request, VerifiedAccount account) {
    switch (account.credential()) {
      case SessionCookie cookie -> {
        if (csrf.isValid(csrfTokenOf(request.request()), cookie.session().id())) {
          revocations
              .revoke(cookie.session())
              .compose(_ -> issuerSignOut.prepare(request, account))
              .onSuccess(next -> signedOut(request, next))
              .onFailure(_ -> signedOut(request, account.issuer().afterSignOut()));
        } else {
          problems.answer(
              request,
              new ProblemException(Problem.FORBIDDEN, "The CSRF token is missing or invalid"));
        }
      }
      case BearerToken _ ->
          problems.answer(
              request, new ProblemException(Problem.INVALID, "The request has no session cookie"));
    }
  }

  /// Scripts send the token in a header, forms in a field.
  private static @Nullable String csrfTokenOf(HttpServerRequest request) {
    String header = request.getHeader(CsrfTokens.HEADER);
    return header == null ? request.getFormAttribute("csrf_token") : header;
  }

  /// Removes the cookies. A script gets the next URL as JSON, a form a redirect to it.
  private void signedOut(RoutingContext request, String next) {
    SessionCookies.remove(
        request,
        origin.isSecure(),
        cookie ->
            SessionCookies.isSessionCookie(cookie)
                || SessionCookies.isStateCookie(cookie)
                || cookie.getName().equals(csrfCookie));
    String accept = request.request().getHeader("Accept");
    if (accept != null && accept.startsWith("application/json")) {
      json(request, new JsonObject().put("go_on", next));
    } else {
      goTo(request, next);
    }
  }

  private static void json(RoutingContext request, JsonObject body) {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.encode());
  }
}
