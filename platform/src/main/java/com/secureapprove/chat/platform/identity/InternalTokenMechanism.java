package com.secureapprove.chat.platform.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.secureapprove.chat.platform.logging.LogFields;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// Authenticates requests to a service by internal tokens and nothing else. The role says who calls
/// and by which component, so that each endpoint names both:
///
/// | role | the call is |
/// |---|---|
/// | `part:message` | message-service's own |
/// | `person:gateway` | of a person, by the gateway |
/// | `publisher:gateway` | of a service client that may publish, by the gateway |
///
/// Other roles of an issuer mean nothing here. The gateway uses OpenID Connect instead and sets
/// `chat.internal.accept=false`.
@Singleton
@LookupIfProperty(name = "chat.internal.accept", stringValue = "true", lookupIfMissing = true)
class InternalTokenMechanism implements HttpAuthenticationMechanism {
  private static final Logger LOG = Logger.getLogger(InternalTokenMechanism.class);
  private static final String SCHEME = "Bearer ";

  /// The times in a reason, which differ from call to call.
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private final InternalTokenVerifier verifier;
  private final Cache<String, Boolean> logged =
      Caffeine.newBuilder().maximumSize(100).expireAfterWrite(Duration.ofMinutes(1)).build();

  InternalTokenMechanism(InternalTokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String header = context.request().getHeader("Authorization");
    if (header == null) {
      return Uni.createFrom().nullItem();
    }
    if (!header.startsWith(SCHEME)) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    return switch (verifier.verify(header.substring(SCHEME.length()))) {
      case InternalTokenVerifier.Verified verified -> Uni.createFrom().item(identity(verified));
      case InternalTokenVerifier.Refused refused -> {
        log(refused.reason());
        yield Uni.createFrom().failure(new AuthenticationFailedException(refused.reason()));
      }
    };
  }

  /// Logs each reason once a minute, because a component with a wrong key or clock repeats it with
  /// every call.
  private void log(String reason) {
    String kind = DIGITS.matcher(reason).replaceAll("");
    if (logged.asMap().putIfAbsent(kind, true) == null) {
      LOG.warnf("internal_token_refused reason=%s", reason);
    }
  }

  private static SecurityIdentity identity(InternalTokenVerifier.Verified verified) {
    LogFields.tenant(verified.tenant());
    Principal user = verified.user();
    String part = verified.part();
    QuarkusSecurityIdentity.Builder identity =
        QuarkusSecurityIdentity.builder()
            .setPrincipal(new QuarkusPrincipal(user == null ? "part:" + part : user.userId()))
            .addAttribute(Caller.TENANT, verified.tenant())
            .addAttribute(Caller.PART, part);
    if (user == null) {
      identity.addRole("part:" + part);
    } else {
      identity.addAttribute(Caller.USER, user);
      switch (user.kind()) {
        case PERSON -> identity.addRole("person:" + part);
        case CLIENT -> {
          if (user.roles().contains(Principal.PUBLISHER)) {
            identity.addRole("publisher:" + part);
          }
        }
      }
    }
    return identity.build();
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }
}
