package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.authentication.Credential.BearerToken;
import com.secureapprove.chat.gateway.authentication.Credential.SessionCookie;
import com.secureapprove.chat.gateway.browsersession.BrowserSession;
import com.secureapprove.chat.gateway.browsersession.Revocations;
import com.secureapprove.chat.gateway.browsersession.SessionCookies;
import com.secureapprove.chat.gateway.browsersession.SessionRecords;
import com.secureapprove.chat.gateway.browsersession.SessionTokens;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.gateway.metrics.GatewayMeters.SignInFailure;
import com.secureapprove.chat.platform.identity.Principal;
import com.secureapprove.chat.platform.logging.LogFields;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.json.JsonNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Authenticates requests in three steps: the identity that a credential proves, its account at an
/// issuer, and the person of the directory.
///
/// Authentication is lazy: credentials are verified when a route asks for them here. A failure is a
/// [ProblemException] for the route to answer, never a redirect: 401 without valid credentials, 503
/// if the issuer does not respond. All futures complete on the event loop of the request.
@Singleton
public class RequestAuthenticator {
  private static final Logger LOG = Logger.getLogger(RequestAuthenticator.class);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final Issuers issuers;
  private final PersonCache people;
  private final Revocations revocations;
  private final SessionRecords records;
  private final GatewayMeters meters;
  private final Duration leeway;
  private final Clock clock = Clock.systemUTC();

  RequestAuthenticator(
      Issuers issuers,
      PersonCache people,
      Revocations revocations,
      SessionRecords records,
      GatewayMeters meters,
      TokensConfig tokens) {
    this.leeway = tokens.leeway();
    this.issuers = issuers;
    this.people = people;
    this.revocations = revocations;
    this.records = records;
    this.meters = meters;
  }

  /// The person who calls. Also fails with 403 if the token names no tenant or the directory has no
  /// active person for the account. Also fails with 503 if the directory does not respond.
  public Future<AuthenticatedCaller> caller(RoutingContext request) {
    return onEventLoop(request, accountOf(request).compose(this::personOf));
  }

  /// The person of an account that this request has already proven.
  public Future<AuthenticatedCaller> caller(RoutingContext request, VerifiedAccount account) {
    return onEventLoop(request, personOf(account));
  }

  /// The service client that calls. Clients are not in the directory; the role of their token is
  /// what permits the call. Also fails with 403 without that role.
  public Future<AuthenticatedCaller> client(RoutingContext request, String role) {
    return onEventLoop(request, accountOf(request).compose(account -> clientOf(account, role)));
  }

  /// The account that calls. Does not ask the directory.
  public Future<VerifiedAccount> account(RoutingContext request) {
    return onEventLoop(request, accountOf(request));
  }

  /// The account of an identity that [#identity] returned for this request.
  public Future<VerifiedAccount> account(RoutingContext request, SecurityIdentity identity) {
    return onEventLoop(request, accountOf(request, identity));
  }

  /// The identity that the credentials prove, which may be anonymous. Fails with the exceptions of
  /// the OpenID Connect extension, because the sign-in page follows its redirects.
  public Future<SecurityIdentity> identity(RoutingContext request) {
    return onEventLoop(request, identityOf(request));
  }

  private static Future<SecurityIdentity> identityOf(RoutingContext request) {
    // the extension's own handler would answer a failure before the route does
    request.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
    Uni<SecurityIdentity> deferred = request.get(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
    return UniHelper.toFuture(deferred);
  }

  private Future<VerifiedAccount> accountOf(RoutingContext request) {
    return identityOf(request)
        .recover(failure -> Future.failedFuture(problem(request, failure)))
        .compose(identity -> accountOf(request, identity));
  }

  private Future<VerifiedAccount> accountOf(
      RoutingContext request, @Nullable SecurityIdentity identity) {
    if (identity == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
      return Future.failedFuture(unauthenticated());
    }
    String configuration = Issuers.configurationOf(identity);
    Optional<Issuer> issuer = issuers.ofConfiguration(configuration);
    if (issuer.isEmpty()) {
      return Future.failedFuture(unauthenticated());
    }
    Instant now = clock.instant();
    Instant end = Instant.ofEpochSecond(token.getExpirationTime()).plus(leeway);
    if (issuedAt(token).isAfter(now.plus(leeway))) {
      return Future.failedFuture(
          new ProblemException(
              Problem.UNAUTHENTICATED, "The token was issued in the future; check the clocks"));
    }
    if (Issuers.isBearer(configuration)) {
      BearerToken bearer = new BearerToken(issuer.get(), token.getSubject(), end);
      return Future.succeededFuture(new VerifiedAccount(issuer.get(), token, identity, bearer));
    }
    BrowserSession session = RedisTokenState.sessionOf(request);
    if (session == null) {
      return Future.failedFuture(unauthenticated());
    }
    SessionCookie cookie = new SessionCookie(session, end);
    return revocations
        .isRevoked(cookie.session())
        .compose(revoked -> {
          if (revoked) {
            return Future.failedFuture(unauthenticated());
          }
          records.extend(cookie.session());
          return Future.succeededFuture(new VerifiedAccount(issuer.get(), token, identity, cookie));
        });
  }

  /// When the token was issued; the epoch if it does not say so.
  private static Instant issuedAt(JsonWebToken token) {
    return switch (token.<Object>claim("iat").orElse(0)) {
      case Number seconds -> Instant.ofEpochSecond(seconds.longValue());
      case JsonNumber seconds -> Instant.ofEpochSecond(seconds.longValue());
      default -> Instant.EPOCH;
    };
  }

  private Future<AuthenticatedCaller> personOf(VerifiedAccount account) {
    Optional<String> tenant = account.issuer().tenantOf(account.token());
    if (tenant.isEmpty()) {
      return Future.failedFuture(
          new ProblemException(Problem.FORBIDDEN, "Your account belongs to no organisation"));
    }
    LogFields.tenant(tenant.get());
    return people
        .of(tenant.get(), account.issuer().signInOf(account.token()))
        .onFailure(this::countRefusal)
        .map(person ->
            new AuthenticatedCaller(
                tenant.get(),
                new Principal(
                    Principal.Kind.PERSON,
                    person.id(),
                    person.name(),
                    person.email(),
                    account.identity().getRoles()),
                account.credential()));
  }

  private void countRefusal(Throwable failure) {
    if (failure instanceof ProblemException problem && problem.problem() == Problem.FORBIDDEN) {
      meters.signInFailed(SignInFailure.DIRECTORY);
    }
  }

  private static Future<AuthenticatedCaller> clientOf(VerifiedAccount account, String role) {
    Optional<String> tenant = account.issuer().tenantOf(account.token());
    if (tenant.isEmpty() || !account.identity().hasRole(role)) {
      return Future.failedFuture(
          new ProblemException(Problem.FORBIDDEN, "The role " + role + " is required"));
    }
    String id = "client:" + account.issuer().id() + ":" + account.token().getSubject();
    String name = Issuer.text(account.token(), "azp").orElse(id);
    return Future.succeededFuture(
        new AuthenticatedCaller(
            tenant.get(),
            new Principal(Principal.Kind.CLIENT, id, name, "", Set.of(role)),
            account.credential()));
  }

  private static <T> Future<T> onEventLoop(RoutingContext request, Future<T> future) {
    Context context = request.vertx().getOrCreateContext();
    Promise<T> promise = Promise.promise();
    future.onComplete(result -> context.runOnContext(_ -> promise.handle(result)));
    return promise.future();
  }

  private static ProblemException unauthenticated() {
    return new ProblemException(Problem.UNAUTHENTICATED, "No valid credentials");
  }

  /// The problem that a failed authentication is.
  private ProblemException problem(RoutingContext request, Throwable failure) {
    if (SessionTokens.isUnavailable(failure)) {
      SessionCookies.keepSession(request);
      return ProblemException.retryAfter(
          Problem.UNAVAILABLE, "The session cannot be read at the moment", RETRY_AFTER_SECONDS);
    }
    if (failure instanceof OIDCException) {
      meters.signInFailed(SignInFailure.ISSUER);
      LOG.warnf("issuer_unavailable reason=%s", Reason.of(failure));
      return ProblemException.retryAfter(
          Problem.UNAVAILABLE,
          "Your organisation's sign-in is not responding",
          RETRY_AFTER_SECONDS);
    }
    meters.signInFailed(SignInFailure.CREDENTIALS);
    LOG.debugf("credentials_rejected reason=%s", RefusalReason.of(failure));
    return unauthenticated();
  }
}
