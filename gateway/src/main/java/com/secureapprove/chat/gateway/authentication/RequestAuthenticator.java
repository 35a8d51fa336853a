package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.gateway.authentication.Caller.BearerToken;
import com.secureapprove.chat.gateway.authentication.Caller.SessionCookie;
import com.secureapprove.chat.gateway.browsersession.BrowserSession;
import com.secureapprove.chat.gateway.browsersession.Revocations;
import com.secureapprove.chat.gateway.browsersession.SessionRecords;
import com.secureapprove.chat.platform.identity.Principal;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.SecurityEvent;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/// Finds out who is calling.
///
/// Authentication is lazy: nothing happens before somebody asks here, and whatever goes wrong is a
/// problem for the asker to answer, never a redirect.
@Singleton
public class RequestAuthenticator {
  private static final Logger LOG = Logger.getLogger(RequestAuthenticator.class);
  private static final String OIDC_TENANT = "tenant-id";

  private final Issuers issuers;
  private final PersonCache people;
  private final Revocations sessions;
  private final SessionRecords records;

  RequestAuthenticator(
      Issuers issuers, PersonCache people, Revocations sessions, SessionRecords records) {
    this.issuers = issuers;
    this.people = people;
    this.sessions = sessions;
    this.records = records;
  }

  /// A browser has come back from its issuer.
  void signedIn(@Observes SecurityEvent event) {
    SecurityIdentity identity = event.getSecurityIdentity();
    if (event.getEventType() == SecurityEvent.Type.OIDC_LOGIN
        && identity != null
        && identity.getPrincipal() instanceof JsonWebToken token) {
      issuers
          .ofConfiguration(String.valueOf(identity.<Object>getAttribute(OIDC_TENANT)))
          .ifPresent(issuer -> sessions.begins(sessionOf(issuer, token)));
    }
  }

  /// The person who calls. Fails with a [ProblemException]: 401 without valid credentials, 403
  /// without a tenant or where the directory does not let the person in, 503 where the issuer or
  /// the directory does not answer.
  ///
  /// The future completes on the event loop of the request.
  public Future<Caller> of(RoutingContext request) {
    return onItsLoop(request, account(request).compose(this::person));
  }

  /// The service client that calls, which is nobody in the directory: its role alone counts. Fails
  /// as [#of] does, and with 403 where the token does not have the role.
  public Future<Caller> clientOf(RoutingContext request, String role) {
    return onItsLoop(request, account(request).compose(account -> client(account, role)));
  }

  /// The account whose valid credentials the request has, whoever it belongs to. Fails as [#of]
  /// does, but never asks the directory.
  public Future<VerifiedAccount> accountOf(RoutingContext request) {
    return onItsLoop(request, account(request));
  }

  private Future<VerifiedAccount> account(RoutingContext request) {
    return identityOf(request).compose(this::account);
  }

  private static <T> Future<T> onItsLoop(RoutingContext request, Future<T> future) {
    Context context = request.vertx().getOrCreateContext();
    Promise<T> promise = Promise.promise();
    future.onComplete(result -> context.runOnContext(_ -> promise.handle(result)));
    return promise.future();
  }

  private static Future<SecurityIdentity> identityOf(RoutingContext request) {
    request.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER); // which would answer before we do
    Uni<SecurityIdentity> deferred = request.get(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
    Promise<SecurityIdentity> promise = Promise.promise();
    deferred
        .subscribe()
        .with(
            identity -> {
              if (identity == null || identity.isAnonymous()) {
                promise.fail(notSignedIn());
              } else {
                promise.complete(identity);
              }
            },
            failure -> promise.fail(problem(failure)));
    return promise.future();
  }

  private Future<VerifiedAccount> account(SecurityIdentity identity) {
    if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
      return Future.failedFuture(notSignedIn());
    }
    String configuration = String.valueOf(identity.<Object>getAttribute(OIDC_TENANT));
    Optional<Issuer> issuer = issuers.ofConfiguration(configuration);
    if (issuer.isEmpty()) {
      return Future.failedFuture(notSignedIn());
    }
    Instant end = Instant.ofEpochSecond(token.getExpirationTime());
    if (Issuers.isBearer(configuration)) {
      return Future.succeededFuture(
          new VerifiedAccount(
              issuer.get(),
              token,
              identity,
              new BearerToken(issuer.get(), token.getSubject(), end)));
    }
    SessionCookie cookie = new SessionCookie(sessionOf(issuer.get(), token), end);
    return sessions
        .hasEnded(cookie.session())
        .compose(ended -> {
          if (ended) {
            return Future.failedFuture(notSignedIn());
          }
          records.extend(cookie.session());
          return Future.succeededFuture(new VerifiedAccount(issuer.get(), token, identity, cookie));
        });
  }

  private Future<Caller> person(VerifiedAccount account) {
    Optional<String> tenant = account.issuer().tenantOf(account.token());
    if (tenant.isEmpty()) {
      return Future.failedFuture(
          new ProblemException(Problem.FORBIDDEN, "Your account belongs to no organisation"));
    }
    return people
        .of(tenant.get(), signIn(account.issuer(), account.token()))
        .map(person ->
            new Caller(
                tenant.get(),
                new Principal(
                    person.id(), person.name(), person.email(), account.identity().getRoles()),
                account.credential()));
  }

  private static Future<Caller> client(VerifiedAccount account, String role) {
    Optional<String> tenant = account.issuer().tenantOf(account.token());
    if (tenant.isEmpty() || !account.identity().hasRole(role)) {
      return Future.failedFuture(
          new ProblemException(Problem.FORBIDDEN, "This needs the role " + role));
    }
    String id = "client:" + account.issuer().id() + ":" + account.token().getSubject();
    String name = account.token().<Object>claim("azp").map(Issuer::text).orElse(id);
    return Future.succeededFuture(
        new Caller(tenant.get(), new Principal(id, name, "", Set.of(role)), account.credential()));
  }

  private static People.SignIn signIn(Issuer issuer, JsonWebToken token) {
    return new People.SignIn(
        issuer.iss(),
        token.getSubject(),
        issuer.directoryValueOf(token).orElse(null),
        token.<Object>claim("email").map(Issuer::text).orElse(null),
        token
            .<Object>claim("email_verified")
            .map(Issuer::text)
            .map(Boolean::parseBoolean)
            .orElse(false),
        token.<Object>claim("name").map(Issuer::text).orElse(null));
  }

  /// The session at its issuer; where that gives it no name, all of the account are one.
  private static BrowserSession sessionOf(Issuer issuer, JsonWebToken token) {
    String account = issuer.accountName(token.getSubject());
    long began =
        token
            .<Object>claim("auth_time")
            .map(time -> Long.parseLong(Issuer.text(time)))
            .orElseGet(token::getIssuedAtTime);
    return new BrowserSession(
        token.<Object>claim("sid").map(Issuer::text).map(issuer::sessionName).orElse(account),
        account,
        Instant.ofEpochSecond(began),
        Instant.ofEpochSecond(token.getIssuedAtTime()));
  }

  private static ProblemException notSignedIn() {
    return new ProblemException(Problem.UNAUTHENTICATED, "No valid credentials");
  }

  private static ProblemException problem(Throwable failure) {
    if (failure instanceof OIDCException) {
      LOG.warnf("issuer_unavailable reason=%s", failure.getMessage());
      return ProblemException.retryAfter(
          Problem.UNAVAILABLE, "The organisation's sign-in does not answer", 5);
    }
    LOG.debugf(failure, "credentials_refused");
    return notSignedIn();
  }
}
