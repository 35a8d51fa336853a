package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.Revocations;
import io.quarkus.oidc.SecurityEvent;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Reinstates a revoked session when the issuer confirms a new login under the same session id.
@Singleton
class LoginObserver {
  private final Issuers issuers;
  private final Revocations revocations;

  LoginObserver(Issuers issuers, Revocations revocations) {
    this.issuers = issuers;
    this.revocations = revocations;
  }

  void loggedIn(@Observes SecurityEvent event) {
    SecurityIdentity identity = event.getSecurityIdentity();
    if (event.getEventType() == SecurityEvent.Type.OIDC_LOGIN
        && identity != null
        && identity.getPrincipal() instanceof JsonWebToken token) {
      issuers
          .ofConfiguration(Issuers.configurationOf(identity))
          .ifPresent(issuer -> revocations.reinstate(issuer.sessionOf(token)));
    }
  }
}
