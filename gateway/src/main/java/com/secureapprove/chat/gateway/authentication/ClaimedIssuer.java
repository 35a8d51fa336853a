package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.SessionCookies;
import com.secureapprove.chat.gateway.http.BearerTokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Optional;

/// The issuer that a request's credentials name, before they are verified. It implies no trust.
@Singleton
public class ClaimedIssuer {
  private final Issuers issuers;

  ClaimedIssuer(Issuers issuers) {
    this.issuers = issuers;
  }

  /// The issuer of the bearer token, else that of the session cookie; empty if none is known.
  public Optional<Issuer> of(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    return authorization == null ? ofSessionCookie(request) : ofBearer(authorization);
  }

  Optional<Issuer> ofBearer(String authorization) {
    return issOf(BearerTokens.of(authorization).orElse("")).flatMap(issuers::ofIss);
  }

  Optional<Issuer> ofSessionCookie(HttpServerRequest request) {
    return SessionCookies.organisationsOf(request)
        .flatMap(id -> issuers.ofId(id).stream())
        .findFirst();
  }

  /// The `iss` claim of an unverified token; empty if the text is not a JSON Web Token.
  private static Optional<String> issOf(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonObject claims = new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(parts[1])));
      return Optional.ofNullable(claims.getString("iss"));
    } catch (IllegalArgumentException | DecodeException | ClassCastException _) {
      return Optional.empty();
    }
  }
}
