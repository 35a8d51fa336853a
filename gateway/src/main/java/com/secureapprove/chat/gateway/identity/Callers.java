package com.secureapprove.chat.gateway.identity;

import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.gateway.identity.SignedIn.BearerToken;
import com.secureapprove.chat.gateway.identity.SignedIn.Credential;
import com.secureapprove.chat.gateway.identity.SignedIn.SessionCookie;
import com.secureapprove.chat.gateway.signin.Issuer;
import com.secureapprove.chat.gateway.signin.Issuers;
import com.secureapprove.chat.platform.identity.Principal;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/// Finds out who is calling.
///
/// Authentication is lazy: nothing happens before somebody asks here, and whatever goes wrong is a
/// problem for the asker to answer, never a redirect.
@Singleton
public class Callers {
  private static final Logger LOG = Logger.getLogger(Callers.class);
  private static final String OIDC_TENANT = "tenant-id";
  private static final String BEARER_SUFFIX = ".bearer";

  private final Issuers issuers;
  private final LinkedPeople people;

  Callers(Issuers issuers, LinkedPeople people) {
    this.issuers = issuers;
    this.people = people;
  }

  /// The person who calls. Fails with a [ProblemException]: 401 without valid credentials, 403
  /// without a tenant or where the directory does not let the person in, 503 where the issuer or
  /// the directory does not answer.
  ///
  /// The future completes on the event loop of the request.
  public Future<SignedIn> of(RoutingContext request) {
    Context context = request.vertx().getOrCreateContext();
    Promise<SignedIn> promise = Promise.promise();
    identityOf(request)
        .compose(this::signedIn)
        .onComplete(result -> context.runOnContext(_ -> promise.handle(result)));
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

  private Future<SignedIn> signedIn(SecurityIdentity identity) {
    if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
      return Future.failedFuture(notSignedIn());
    }
    String configuration = String.valueOf(identity.<Object>getAttribute(OIDC_TENANT));
    boolean bearer = configuration.endsWith(BEARER_SUFFIX);
    String id =
        bearer
            ? configuration.substring(0, configuration.length() - BEARER_SUFFIX.length())
            : configuration;
    Optional<Issuer> issuer = issuers.ofId(id);
    if (issuer.isEmpty()) {
      return Future.failedFuture(notSignedIn());
    }
    Optional<String> tenant = issuer.get().tenantOf(token);
    if (tenant.isEmpty()) {
      return Future.failedFuture(
          new ProblemException(Problem.FORBIDDEN, "Your account belongs to no organisation"));
    }
    Instant end = Instant.ofEpochSecond(token.getExpirationTime());
    Credential credential =
        bearer ? new BearerToken(end) : new SessionCookie(sessionOf(id, token), end);
    return people
        .of(tenant.get(), signIn(issuer.get(), token))
        .map(person ->
            new SignedIn(
                tenant.get(),
                new Principal(person.id(), person.name(), person.email(), identity.getRoles()),
                credential));
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

  /// The issuer's session, which stays the same when tokens are refreshed.
  private static String sessionOf(String issuer, JsonWebToken token) {
    return issuer + ":" + token.<Object>claim("sid").map(Issuer::text).orElse(token.getSubject());
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
