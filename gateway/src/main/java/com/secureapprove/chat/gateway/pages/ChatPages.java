package com.secureapprove.chat.gateway.pages;

import static com.secureapprove.chat.gateway.pages.PageResponses.goTo;

import com.secureapprove.chat.contracts.SignInRefusal;
import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.authentication.Credential.BearerToken;
import com.secureapprove.chat.gateway.authentication.Credential.SessionCookie;
import com.secureapprove.chat.gateway.authentication.CsrfTokens;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.authentication.VerifiedAccount;
import com.secureapprove.chat.gateway.browsersession.SessionCookieNames;
import com.secureapprove.chat.gateway.http.PublicOrigin;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The pages for people with a session: the chat, and how to embed it. Without a session they
/// redirect to the start page.
@Singleton
class ChatPages {
  private final RequestAuthenticator authenticator;
  private final CsrfTokens csrf;
  private final String csrfCookie;
  private final PublicOrigin origin;
  private final PageResponses responses;

  ChatPages(
      RequestAuthenticator authenticator,
      CsrfTokens csrf,
      SessionCookieNames names,
      PublicOrigin origin,
      PageResponses responses) {
    this.authenticator = authenticator;
    this.csrf = csrf;
    this.csrfCookie = names.csrf();
    this.origin = origin;
    this.responses = responses;
  }

  void register(@Observes Router router) {
    for (String slash : new String[] {"", "/"}) {
      router.get("/chat" + slash).order(RouteOrder.PAGES).handler(this::chat);
      router.head("/chat" + slash).order(RouteOrder.PAGES).handler(this::chat);
      router.get("/developers" + slash).order(RouteOrder.PAGES).handler(this::developers);
      router.head("/developers" + slash).order(RouteOrder.PAGES).handler(this::developers);
    }
  }

  private void chat(RoutingContext request) {
    show(
        request,
        (caller, account, token) ->
            Templates.chat(
                PageResponses.languageTag(request),
                caller.person().name(),
                account.issuer().name(),
                token));
  }

  private void developers(RoutingContext request) {
    show(
        request,
        (_, _, _) -> Templates.developers(PageResponses.languageTag(request), origin.value()));
  }

  /// Renders a page for a person.
  private interface Page {
    TemplateInstance render(AuthenticatedCaller caller, VerifiedAccount account, String csrfToken);
  }

  private void show(RoutingContext request, Page page) {
    authenticator
        .account(request)
        .onSuccess(account ->
            authenticator
                .caller(request, account)
                .onSuccess(caller -> show(request, account, caller, page))
                .onFailure(failure -> explain(request, account, failure)))
        .onFailure(failure -> {
          if (failure instanceof ProblemException problem
              && problem.problem() == Problem.UNAVAILABLE) {
            Texts texts = PageResponses.texts(request);
            String language = PageResponses.languageTag(request);
            responses.signIn(
                request,
                503,
                Templates.notice(
                    language, texts.unavailable(), texts.unavailableWhy(), null, "/chat"));
          } else {
            goTo(request, SignInRoutes.START);
          }
        });
  }

  private void show(
      RoutingContext request, VerifiedAccount account, AuthenticatedCaller caller, Page page) {
    String token = csrfToken(account);
    if (token == null) {
      goTo(request, SignInRoutes.START);
      return;
    }
    request
        .response()
        .addCookie(
            Cookie.cookie(csrfCookie, token)
                .setPath("/")
                .setSecure(origin.isSecure())
                .setSameSite(CookieSameSite.LAX));
    responses.chat(request, page.render(caller, account, token), account.issuer());
  }

  /// Explains why the person has no access, with a button to sign out.
  private void explain(RoutingContext request, VerifiedAccount account, Throwable failure) {
    boolean forbidden =
        failure instanceof ProblemException problem && problem.problem() == Problem.FORBIDDEN;
    Texts texts = PageResponses.texts(request);
    String title = forbidden ? texts.notAdmitted() : texts.unavailable();
    String why = forbidden ? refusal(texts, failure) : texts.unavailableWhy();
    responses.signIn(
        request,
        forbidden ? 403 : 503,
        Templates.notice(PageResponses.languageTag(request), title, why, csrfToken(account), null));
  }

  private static String refusal(Texts texts, Throwable failure) {
    return SignInRefusal.ofDetail(String.valueOf(failure.getMessage()))
        .map(reason ->
            switch (reason) {
              case UNKNOWN -> texts.notAdmittedWhy();
              case INACTIVE -> texts.deactivatedWhy();
              case AMBIGUOUS -> texts.ambiguousWhy();
              case LINKED -> texts.linkedWhy();
              case UNLINKED -> texts.unlinkedWhy();
            })
        .orElseGet(texts::notAdmittedWhy);
  }

  private @Nullable String csrfToken(VerifiedAccount account) {
    return switch (account.credential()) {
      case SessionCookie cookie -> csrf.of(cookie.session().id());
      case BearerToken _ -> null;
    };
  }
}
