package com.secureapprove.chat.gateway.pages;

import static com.secureapprove.chat.gateway.pages.PageResponses.goTo;

import com.secureapprove.chat.gateway.authentication.Issuer;
import com.secureapprove.chat.gateway.authentication.IssuerMetadata;
import com.secureapprove.chat.gateway.authentication.Issuers;
import com.secureapprove.chat.gateway.authentication.RefusalReason;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.browsersession.SessionCookies;
import com.secureapprove.chat.gateway.http.Origins;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.limits.SlowRefusals;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.gateway.metrics.GatewayMeters.SignInFailure;
import com.secureapprove.chat.platform.limits.LogLines;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
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
/// authorization code flow at its issuer and redirects to `return_to` or the chat.
///
/// A sign-in that is refused ends on one page with the reason. A browser is sent to the issuer when
/// it asks for it, and at most once more when its session is no longer valid; so no failure can
/// send it back and forth.
@Singleton
class SignInRoutes {
  /// The page that asks for the organisation.
  static final String START = "/t/";

  private static final Logger LOG = Logger.getLogger(SignInRoutes.class);
  private static final int MAX_NAME_LENGTH = 63;

  /// The query is stored in the cookie of the sign-in, and browsers drop cookies over 4 KiB.
  private static final int MAX_QUERY_LENGTH = 1_200;

  private final Issuers issuers;
  private final IssuerMetadata metadata;
  private final RequestAuthenticator authenticator;
  private final SignInCookies cookies;
  private final Origins origins;
  private final PageResponses responses;
  private final SlowRefusals refusals;
  private final GatewayMeters meters;
  private final boolean demo;

  /// By issuer, so that refused sign-ins at one do not hide those at another.
  private final LogLines logLines = new LogLines();

  SignInRoutes(
      Issuers issuers,
      IssuerMetadata metadata,
      RequestAuthenticator authenticator,
      SignInCookies cookies,
      Origins origins,
      PageResponses responses,
      SlowRefusals refusals,
      GatewayMeters meters,
      @ConfigProperty(name = "chat.demo") boolean demo) {
    this.issuers = issuers;
    this.metadata = metadata;
    this.authenticator = authenticator;
    this.cookies = cookies;
    this.origins = origins;
    this.responses = responses;
    this.refusals = refusals;
    this.meters = meters;
    this.demo = demo;
  }

  void register(@Observes Router router) {
    page(router, "/", this::start);
    // where "/" belongs to a host application on the same origin
    page(router, "/t", this::start);
    page(router, START, this::start);
    page(router, "/t/:organisation", this::signIn);
    page(router, "/t/:organisation/", this::signIn);
  }

  private static void page(Router router, String path, Handler<RoutingContext> handler) {
    router.get(path).order(RouteOrder.PAGES).handler(handler);
    router.head(path).order(RouteOrder.PAGES).handler(handler);
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
    String query = request.request().query();
    if (issuer.isEmpty()) {
      askForOrganisation(request, "", true);
    } else if (isAnswer(request) && request.request().method() == HttpMethod.GET) {
      receiveAnswer(request, issuer.get());
    } else if (isAnswer(request)) {
      goTo(request, "/t/" + issuer.get().id() + "/"); // HEAD must not use up the answer
    } else if (query != null && query.length() > MAX_QUERY_LENGTH) {
      goTo(request, "/t/" + issuer.get().id() + "/");
    } else {
      authenticate(request, issuer.get());
    }
  }

  /// Whether the issuer has sent the browser back.
  private static boolean isAnswer(RoutingContext request) {
    MultiMap query = request.queryParams();
    return query.contains("state") && (query.contains("code") || query.contains("error"));
  }

  private void receiveAnswer(RoutingContext request, Issuer issuer) {
    MultiMap query = request.queryParams();
    if (!metadata.isAnswerOf(issuer, query)) {
      refuse(request, issuer, RefusalReason.OTHER_RECIPIENT);
    } else if (query.contains("error")) {
      refuse(request, issuer, RefusalReason.CANCELLED);
    } else {
      authenticate(request, issuer);
    }
  }

  private void authenticate(RoutingContext request, Issuer issuer) {
    authenticator
        .identity(request)
        .onSuccess(identity -> {
          if (!identity.isAnonymous()) {
            enterChat(request, issuer, identity);
          } else if (isAnswer(request)) {
            refuse(request, issuer, RefusalReason.OTHER_SIGN_IN); // its state cookie is missing
          } else {
            challenge(request, issuer);
          }
        })
        .onFailure(failure -> continueFlow(request, issuer, failure));
  }

  /// The cookie can be valid although its session was revoked; the browser must then sign in again.
  private void enterChat(RoutingContext request, Issuer issuer, SecurityIdentity identity) {
    authenticator
        .account(request, identity)
        .onSuccess(_ -> {
          cookies.completed(request);
          goTo(request, returnTo(request));
        })
        .onFailure(failure -> {
          if (failure instanceof ProblemException problem
              && problem.problem() == Problem.UNAUTHENTICATED) {
            signInAgain(request, issuer, RefusalReason.CLOCK);
          } else {
            refuse(request, issuer, RefusalReason.UNAVAILABLE);
          }
        });
  }

  private String returnTo(RoutingContext request) {
    List<String> addresses = request.queryParam("return_to");
    return addresses.size() == 1 && origins.allowsReturnTo(addresses.getFirst())
        ? addresses.getFirst()
        : "/chat";
  }

  /// Redirects the browser to the issuer because its session is not valid. A second time in a row
  /// the sign-in is refused.
  private void signInAgain(RoutingContext request, Issuer issuer, RefusalReason reason) {
    if (cookies.isRepeated(request)) {
      refuse(request, issuer, reason);
    } else {
      cookies.repeating(request);
      challenge(request, issuer);
    }
  }

  /// Redirects the browser to the issuer.
  private void challenge(RoutingContext request, Issuer issuer) {
    cookies.limitStarted(request);
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
            failure -> refuse(request, issuer, RefusalReason.of(failure)));
  }

  /// Follows the next redirect of the code flow, or reports why the flow failed.
  private void continueFlow(RoutingContext request, Issuer issuer, Throwable failure) {
    AuthenticationRedirectException redirect =
        cause(failure, AuthenticationRedirectException.class);
    RefusalReason reason = RefusalReason.of(failure);
    if (redirect != null) {
      goTo(request, redirect.getRedirectUri());
    } else if (reason == RefusalReason.UNAVAILABLE) {
      if (!isAnswer(request)) {
        SessionCookies.keepSession(request);
      }
      refuse(request, issuer, reason);
    } else if (!isAnswer(request) && cause(failure, AuthenticationFailedException.class) != null) {
      signInAgain(request, issuer, reason); // the session has expired
    } else {
      refuse(request, issuer, reason);
    }
  }

  /// Ends a sign-in with a page that has the reason and a way back.
  private void refuse(RoutingContext request, Issuer issuer, RefusalReason reason) {
    log(issuer, reason);
    meters.signInFailed(
        reason == RefusalReason.UNAVAILABLE ? SignInFailure.ISSUER : SignInFailure.FLOW);
    if (reason == RefusalReason.UNAVAILABLE) {
      showReason(request, issuer, reason);
    } else {
      refusals.afterDelay(request, () -> showReason(request, issuer, reason));
    }
  }

  private void showReason(RoutingContext request, Issuer issuer, RefusalReason reason) {
    if (request.response().closed()) {
      return;
    }
    cookies.completed(request);
    Texts texts = PageResponses.texts(request);
    boolean unavailable = reason == RefusalReason.UNAVAILABLE;
    responses.signIn(
        request,
        unavailable ? 503 : 401,
        Templates.notice(
            PageResponses.languageTag(request),
            unavailable ? texts.unavailable() : texts.failed(),
            why(texts, reason),
            null,
            "/t/" + issuer.id() + "/"));
  }

  /// Requests without credentials can be refused at any rate, so only some are logged. All are
  /// counted by the meters.
  private void log(Issuer issuer, RefusalReason reason) {
    if (logLines.mayWrite(issuer.id())) {
      LOG.infof("sign_in_refused issuer=%s reason=%s", issuer.id(), reason);
    }
  }

  private static String why(Texts texts, RefusalReason reason) {
    return switch (reason) {
      case CLOCK -> texts.failedClock();
      case SIGNATURE -> texts.failedSignature();
      case OTHER_SIGN_IN -> texts.failedOtherSignIn();
      case OTHER_RECIPIENT -> texts.failedOtherRecipient();
      case CANCELLED -> texts.failedCancelled();
      case UNAVAILABLE -> texts.unavailableWhy();
      case OTHER -> texts.failedWhy();
    };
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
