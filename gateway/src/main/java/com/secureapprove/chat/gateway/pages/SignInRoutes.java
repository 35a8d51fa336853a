package com.secureapprove.chat.gateway.pages;

import static com.secureapprove.chat.gateway.pages.PageResponses.goTo;

import com.secureapprove.chat.gateway.authentication.Issuer;
import com.secureapprove.chat.gateway.authentication.Issuers;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.gateway.metrics.GatewayMeters.SignInFailure;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
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

/// Signs browsers in: the start page asks for the organisation, `/t/<organisation>/` runs the
/// authorization code flow at its issuer and redirects to the chat.
@Singleton
class SignInRoutes {
  private static final Logger LOG = Logger.getLogger(SignInRoutes.class);
  private static final int MAX_NAME_LENGTH = 63;

  private final Issuers issuers;
  private final RequestAuthenticator authenticator;
  private final PageResponses responses;
  private final GatewayMeters meters;
  private final boolean demo;

  SignInRoutes(
      Issuers issuers,
      RequestAuthenticator authenticator,
      PageResponses responses,
      GatewayMeters meters,
      @ConfigProperty(name = "chat.demo") boolean demo) {
    this.issuers = issuers;
    this.authenticator = authenticator;
    this.responses = responses;
    this.meters = meters;
    this.demo = demo;
  }

  void register(@Observes Router router) {
    router.get("/").order(RouteOrder.PAGES).handler(this::start);
    router.get("/t/:organisation").order(RouteOrder.PAGES).handler(this::signIn);
    router.get("/t/:organisation/").order(RouteOrder.PAGES).handler(this::signIn);
    router.get("/sign-in/failed").order(RouteOrder.PAGES).handler(this::failed);
  }

  private void start(RoutingContext request) {
    String entered = request.request().getParam("organisation");
    if (entered != null) {
      String id = entered.strip().toLowerCase(Locale.ROOT);
      if (issuers.ofId(id).isPresent()) {
        goTo(request, "/t/" + id + "/");
      } else {
        askForOrganisation(request, truncated(entered), true);
      }
    } else if (request.request().getHeader("Cookie") == null) {
      askForOrganisation(request, "", false);
    } else {
      authenticator
          .account(request)
          .onSuccess(_ -> goTo(request, "/chat"))
          .onFailure(_ -> askForOrganisation(request, "", false));
    }
  }

  private static String truncated(String name) {
    return name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) : name;
  }

  private void askForOrganisation(RoutingContext request, String entered, boolean unknown) {
    Collection<Issuer> listed = demo ? issuers.all() : List.of();
    responses.signIn(
        request,
        200,
        Templates.signIn(PageResponses.languageTag(request), entered, unknown, listed));
  }

  private void signIn(RoutingContext request) {
    Optional<Issuer> issuer = issuers.ofId(request.pathParam("organisation"));
    if (issuer.isEmpty()) {
      askForOrganisation(request, "", true);
      return;
    }
    authenticator
        .identity(request)
        .onSuccess(identity -> {
          if (identity.isAnonymous()) {
            challenge(request);
          } else {
            enterChat(request, identity);
          }
        })
        .onFailure(failure -> continueFlow(request, failure));
  }

  /// The cookie can be valid although its session was revoked; the browser must then sign in again.
  private void enterChat(RoutingContext request, SecurityIdentity identity) {
    authenticator
        .account(request, identity)
        .onSuccess(_ -> goTo(request, "/chat"))
        .onFailure(failure -> {
          if (failure instanceof ProblemException problem
              && problem.problem() == Problem.UNAUTHENTICATED) {
            challenge(request);
          } else {
            continueFlow(request, failure);
          }
        });
  }

  /// Redirects the browser to the issuer.
  private void challenge(RoutingContext request) {
    HttpAuthenticator challenger = request.get(HttpAuthenticator.class.getName());
    challenger
        .sendChallenge(request)
        .subscribe()
        .with(
            _ -> {
              if (!request.response().ended()) {
                request.response().end();
              }
            },
            failure -> continueFlow(request, failure));
  }

  /// Follows the next redirect of the code flow, or reports why the flow failed.
  private void continueFlow(RoutingContext request, Throwable failure) {
    AuthenticationRedirectException redirect =
        cause(failure, AuthenticationRedirectException.class);
    if (redirect != null) {
      goTo(request, redirect.getRedirectUri());
    } else if (cause(failure, AuthenticationFailedException.class) != null) {
      challenge(request); // the session has expired
    } else if (cause(failure, OIDCException.class) != null) {
      meters.signInFailed(SignInFailure.ISSUER);
      LOG.warnf("issuer_unavailable reason=%s", Reason.of(failure));
      Texts texts = PageResponses.texts(request);
      notice(request, 503, texts.unavailable(), texts.unavailableWhy());
    } else {
      LOG.debugf(failure, "sign_in_failed");
      failed(request);
    }
  }

  private void failed(RoutingContext request) {
    meters.signInFailed(SignInFailure.FLOW);
    Texts texts = PageResponses.texts(request);
    notice(request, 401, texts.failed(), texts.failedWhy());
  }

  private void notice(RoutingContext request, int status, String title, String why) {
    responses.signIn(
        request, status, Templates.notice(PageResponses.languageTag(request), title, why, null));
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
