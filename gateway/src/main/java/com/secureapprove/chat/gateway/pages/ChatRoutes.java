package com.secureapprove.chat.gateway.pages;

import static com.secureapprove.chat.gateway.pages.PageResponses.goTo;

import com.secureapprove.chat.gateway.authentication.Caller;
import com.secureapprove.chat.gateway.authentication.Caller.BearerToken;
import com.secureapprove.chat.gateway.authentication.Caller.SessionCookie;
import com.secureapprove.chat.gateway.authentication.CsrfTokens;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.authentication.VerifiedAccount;
import com.secureapprove.chat.gateway.browsersession.Revocations;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.PublicOrigin;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The pages of those who are signed in: the chat, how to put it on other pages, and the way out.
@Singleton
class ChatRoutes {
  private static final String METADATA = "configuration-metadata";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int LARGEST_FORM = 8 << 10;

  private final RequestAuthenticator callers;
  private final CsrfTokens csrf;
  private final Revocations sessions;
  private final PublicOrigin origin;
  private final PageResponses answers;
  private final Problems problems;

  ChatRoutes(
      RequestAuthenticator callers,
      CsrfTokens csrf,
      Revocations sessions,
      PublicOrigin origin,
      PageResponses answers,
      Problems problems) {
    this.callers = callers;
    this.csrf = csrf;
    this.sessions = sessions;
    this.origin = origin;
    this.answers = answers;
    this.problems = problems;
  }

  void register(@Observes Router router) {
    router.get("/chat").order(RouteOrder.PAGES).handler(this::chat);
    router.get("/chat/").order(RouteOrder.PAGES).handler(this::chat);
    router.get("/developers").order(RouteOrder.PAGES).handler(this::developers);
    router.get("/developers/").order(RouteOrder.PAGES).handler(this::developers);
    router.get("/session").order(RouteOrder.PAGES).handler(this::session);
    router.post("/sign-out").order(RouteOrder.PAGES).handler(this::signOut);
    router.post("/sign-out/").order(RouteOrder.PAGES).handler(this::signOut);
  }

  private void chat(RoutingContext request) {
    whenSignedIn(
        request,
        (caller, account, token) ->
            Pages.chat(tag(request), caller.person().name(), account.issuer().name(), token));
  }

  private void developers(RoutingContext request) {
    whenSignedIn(request, (_, _, _) -> Pages.developers(tag(request), origin.value()));
  }

  /// A page for somebody who is let in.
  private interface Page {
    TemplateInstance of(Caller caller, VerifiedAccount account, String csrfToken);
  }

  private void whenSignedIn(RoutingContext request, Page page) {
    callers
        .accountOf(request)
        .onSuccess(account ->
            callers
                .of(request)
                .onSuccess(caller -> show(request, account, caller, page))
                .onFailure(failure -> keepOut(request, account, failure)))
        .onFailure(_ -> goTo(request, "/"));
  }

  private void show(RoutingContext request, VerifiedAccount account, Caller caller, Page page) {
    String token = csrfToken(account);
    if (token == null) {
      goTo(request, "/");
      return;
    }
    request
        .response()
        .addCookie(
            Cookie.cookie(CsrfTokens.COOKIE, token)
                .setPath("/")
                .setSecure(origin.isSecure())
                .setSameSite(CookieSameSite.LAX));
    answers.chat(request, page.of(caller, account, token), URI.create(account.issuer().iss()));
  }

  private void keepOut(RoutingContext request, VerifiedAccount account, Throwable failure) {
    Texts texts = MessageBundles.get(Texts.class, Localized.Literal.of(tag(request)));
    boolean unavailable =
        !(failure instanceof ProblemException problem) || problem.problem() != Problem.FORBIDDEN;
    answers.signIn(
        request,
        unavailable ? 503 : 403,
        unavailable
            ? Pages.notice(
                tag(request), texts.unavailable(), texts.unavailableWhy(), csrfToken(account))
            : Pages.notice(
                tag(request), texts.notAdmitted(), texts.notAdmittedWhy(), csrfToken(account)));
  }

  private @Nullable String csrfToken(VerifiedAccount account) {
    return switch (account.credential()) {
      case SessionCookie cookie -> csrf.of(cookie.session().id());
      case BearerToken _ -> null;
    };
  }

  /// Whether the cookie stands for a session. Never a refusal: browsers report each on the console.
  private void session(RoutingContext request) {
    callers
        .accountOf(request)
        .map(account -> account.credential() instanceof SessionCookie)
        .recover(failure ->
            isMissing(failure) ? Future.succeededFuture(false) : Future.failedFuture(failure))
        .onSuccess(signedIn -> json(request, new JsonObject().put("signed_in", signedIn)))
        .onFailure(failure -> problems.answer(request, failure));
  }

  private static boolean isMissing(Throwable failure) {
    return failure instanceof ProblemException problem
        && problem.problem() == Problem.UNAUTHENTICATED;
  }

  private void signOut(RoutingContext request) {
    HttpServerRequest http = request.request();
    String length = http.getHeader("Content-Length");
    if (length != null && Long.parseLong(length) > LARGEST_FORM) {
      problems.answer(request, new ProblemException(Problem.TOO_LARGE, "The form is too large"));
      return;
    }
    form(http)
        .compose(_ -> callers.accountOf(request))
        .onSuccess(account -> signOut(request, account))
        .onFailure(_ -> signedOut(request, "/"));
  }

  /// Reads the form, where it is one; scripts send the token in a header.
  private static Future<Void> form(HttpServerRequest http) {
    if (http.isEnded()) {
      return Future.succeededFuture();
    }
    String type = http.getHeader("Content-Type");
    http.setExpectMultipart(type != null && type.startsWith(FORM));
    Future<Void> end = http.end();
    http.resume();
    return end;
  }

  private void signOut(RoutingContext request, VerifiedAccount account) {
    switch (account.credential()) {
      case SessionCookie cookie -> {
        HttpServerRequest http = request.request();
        String header = http.getHeader(CsrfTokens.HEADER);
        String token = header == null ? http.getFormAttribute("csrf_token") : header;
        if (csrf.fits(token, cookie.session().id())) {
          sessions.end(cookie.session()).onComplete(_ -> signedOut(request, endOfSession(account)));
        } else {
          problems.answer(
              request,
              new ProblemException(Problem.FORBIDDEN, "The CSRF token is missing or wrong"));
        }
      }
      case BearerToken _ ->
          problems.answer(
              request, new ProblemException(Problem.INVALID, "There is no session to end"));
    }
  }

  /// Where the issuer ends its own session and sends the browser back to us.
  private String endOfSession(VerifiedAccount account) {
    OidcConfigurationMetadata metadata = account.identity().getAttribute(METADATA);
    String end = metadata == null ? null : metadata.getEndSessionUri();
    return end == null
        ? "/"
        : end
            + (end.contains("?") ? "&" : "?")
            + "id_token_hint="
            + encoded(account.token().getRawToken())
            + "&post_logout_redirect_uri="
            + encoded(origin.uri("/"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /// Scripts get told where to go on; forms are taken there.
  private static void signedOut(RoutingContext request, String goOn) {
    for (Cookie cookie : request.request().cookies()) {
      if (cookie.getName().startsWith("q_session") || cookie.getName().equals(CsrfTokens.COOKIE)) {
        request.response().addCookie(Cookie.cookie(cookie.getName(), "").setPath("/").setMaxAge(0));
      }
    }
    String accept = request.request().getHeader("Accept");
    if (accept != null && accept.startsWith("application/json")) {
      json(request, new JsonObject().put("go_on", goOn));
    } else {
      goTo(request, goOn);
    }
  }

  private static void json(RoutingContext request, JsonObject body) {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.encode());
  }

  private static String tag(RoutingContext request) {
    return PageResponses.language(request).toLanguageTag();
  }
}
