package com.secureapprove.chat.gateway.pages;

import static com.secureapprove.chat.gateway.pages.PageResponses.goTo;

import com.secureapprove.chat.gateway.authentication.Issuer;
import com.secureapprove.chat.gateway.authentication.Issuers;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The way in: which organisation, then the authorization code flow at its issuer, then the chat.
@Singleton
class SignInRoutes {
  private static final Logger LOG = Logger.getLogger(SignInRoutes.class);
  private static final int LONGEST = 63;

  private final Issuers issuers;
  private final RequestAuthenticator callers;
  private final PageResponses answers;
  private final boolean demo;

  SignInRoutes(
      Issuers issuers,
      RequestAuthenticator callers,
      PageResponses answers,
      @ConfigProperty(name = "chat.demo") boolean demo) {
    this.issuers = issuers;
    this.callers = callers;
    this.answers = answers;
    this.demo = demo;
  }

  void register(@Observes Router router) {
    router.get("/").order(RouteOrder.PAGES).handler(this::start);
    router.get("/t/:organisation").order(RouteOrder.PAGES).handler(this::enter);
    router.get("/t/:organisation/").order(RouteOrder.PAGES).handler(this::enter);
    router.get("/sign-in/failed").order(RouteOrder.PAGES).handler(this::failed);
  }

  private void start(RoutingContext request) {
    String asked = request.request().getParam("organisation");
    if (asked != null) {
      String id = asked.strip().toLowerCase(Locale.ROOT);
      if (issuers.ofId(id).isPresent()) {
        goTo(request, "/t/" + id + "/");
      } else {
        ask(request, asked.length() > LONGEST ? asked.substring(0, LONGEST) : asked, true);
      }
    } else if (request.request().getHeader("Cookie") == null) {
      ask(request, "", false);
    } else {
      callers
          .accountOf(request)
          .onSuccess(_ -> goTo(request, "/chat"))
          .onFailure(_ -> ask(request, "", false));
    }
  }

  private void ask(RoutingContext request, String asked, boolean unknown) {
    Collection<Issuer> listed = demo ? issuers.all() : List.of();
    answers.signIn(request, 200, Pages.signIn(tag(request), asked, unknown, listed));
  }

  private void enter(RoutingContext request) {
    Optional<Issuer> issuer = issuers.ofId(request.pathParam("organisation"));
    if (issuer.isEmpty()) {
      ask(request, "", true);
      return;
    }
    request.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
    Uni<SecurityIdentity> deferred = request.get(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
    deferred
        .subscribe()
        .with(
            identity -> {
              if (identity.isAnonymous()) {
                challenge(request);
              } else {
                letIn(request);
              }
            },
            failure -> goOn(request, failure));
  }

  /// A cookie may be good and its session over all the same; then they sign in again.
  private void letIn(RoutingContext request) {
    callers
        .accountOf(request)
        .onSuccess(_ -> goTo(request, "/chat"))
        .onFailure(failure -> {
          if (failure instanceof ProblemException problem
              && problem.problem() == Problem.UNAUTHENTICATED) {
            challenge(request);
          } else {
            goOn(request, failure);
          }
        });
  }

  /// Sends the browser to the issuer.
  private void challenge(RoutingContext request) {
    HttpAuthenticator authenticator = request.get(HttpAuthenticator.class.getName());
    authenticator
        .sendChallenge(request)
        .subscribe()
        .with(
            _ -> {
              if (!request.response().ended()) {
                request.response().end();
              }
            },
            failure -> goOn(request, failure));
  }

  /// What the code flow wants next, or why it went wrong.
  private void goOn(RoutingContext request, Throwable failure) {
    AuthenticationRedirectException redirect =
        cause(failure, AuthenticationRedirectException.class);
    if (redirect != null) {
      goTo(request, redirect.getRedirectUri());
    } else if (cause(failure, AuthenticationFailedException.class) != null) {
      challenge(request); // a session that is over
    } else if (cause(failure, OIDCException.class) != null) {
      LOG.warnf("issuer_unavailable reason=%s", failure.getMessage());
      Texts texts = texts(request);
      notice(request, 503, texts.unavailable(), texts.unavailableWhy());
    } else {
      LOG.debugf(failure, "sign_in_failed");
      failed(request);
    }
  }

  private void failed(RoutingContext request) {
    Texts texts = texts(request);
    notice(request, 401, texts.failed(), texts.failedWhy());
  }

  private void notice(RoutingContext request, int status, String title, String why) {
    answers.signIn(request, status, Pages.notice(tag(request), title, why, null));
  }

  private static Texts texts(RoutingContext request) {
    return MessageBundles.get(Texts.class, Localized.Literal.of(tag(request)));
  }

  private static String tag(RoutingContext request) {
    return PageResponses.language(request).toLanguageTag();
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
