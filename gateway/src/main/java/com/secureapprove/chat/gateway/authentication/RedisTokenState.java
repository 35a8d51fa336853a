package com.secureapprove.chat.gateway.authentication;

import com.secureapprove.chat.gateway.browsersession.BrowserSession;
import com.secureapprove.chat.gateway.browsersession.SessionCipher;
import com.secureapprove.chat.gateway.browsersession.SessionTokens;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.oidc.runtime.CodeAuthenticationMechanism;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the tokens of browser sessions in Redis, under an id that is the value of the cookie. So
/// the cookie is small, however large the tokens are.
///
/// A sign-in begins a session with a new id. A refresh of the tokens keeps the id, and has no
/// effect on a session that was signed out.
@Singleton
@Alternative
@Priority(1)
class RedisTokenState implements TokenStateManager {
  private static final String SESSION = "chat.session";
  private static final int MAX_ID_LENGTH = 64;

  private final SessionTokens store;
  private final SessionCipher cipher;

  RedisTokenState(SessionTokens store, SessionCipher cipher) {
    this.store = store;
    this.cipher = cipher;
  }

  /// The session whose tokens authenticate the request; null without one.
  static @Nullable BrowserSession sessionOf(RoutingContext request) {
    return request.get(SESSION);
  }

  @Override
  public Uni<String> createTokenState(
      RoutingContext request,
      OidcTenantConfig config,
      AuthorizationCodeTokens tokens,
      OidcRequestContext<String> context) {
    Long seconds = request.get(CodeAuthenticationMechanism.SESSION_MAX_AGE_PARAM);
    Duration lifetime = Duration.ofSeconds(Math.max(1, seconds));
    String issuer = config.tenantId().orElseThrow();
    List<String> names = names(issuer, OidcUtils.decodeJwtContent(tokens.getIdToken()));
    BrowserSession present = sessionOf(request);
    if (present != null) {
      return store
          .replace(present, encrypted(present.id(), issuer, tokens), lifetime, names)
          .map(replaced -> {
            if (!replaced) {
              throw new AuthenticationFailedException("The session has ended");
            }
            return present.id();
          });
    }
    String id = cipher.newId();
    return store
        .begin(new BrowserSession(id), encrypted(id, issuer, tokens), lifetime, names)
        .replaceWith(id);
  }

  /// The names by which the issuer may end the session.
  private static List<String> names(String issuer, JsonObject claims) {
    List<String> names = new ArrayList<>();
    Optional.ofNullable(claims.getValue("sid"))
        .ifPresent(sid -> names.add(Issuer.sessionName(issuer, sid.toString())));
    Optional.ofNullable(claims.getValue("sub"))
        .ifPresent(subject -> names.add(Issuer.accountName(issuer, subject.toString())));
    return names;
  }

  private String encrypted(String id, String issuer, AuthorizationCodeTokens tokens) {
    return cipher.encrypt(
        id,
        new JsonObject()
            .put("issuer", issuer)
            .put("id_token", tokens.getIdToken())
            .put("access_token", tokens.getAccessToken())
            .put("refresh_token", tokens.getRefreshToken())
            .put("expires_in", tokens.getAccessTokenExpiresIn())
            .put("scope", tokens.getAccessTokenScope())
            .encode());
  }

  @Override
  public Uni<AuthorizationCodeTokens> getTokens(
      RoutingContext request,
      OidcTenantConfig config,
      String id,
      OidcRequestContext<AuthorizationCodeTokens> context) {
    if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
      return Uni.createFrom().failure(unknown());
    }
    BrowserSession session = new BrowserSession(id);
    return store
        .of(session)
        .map(text -> {
          AuthorizationCodeTokens tokens =
              cipher
                  .decrypt(id, text)
                  .flatMap(json -> tokens(json, config.tenantId().orElseThrow()))
                  .orElseThrow(RedisTokenState::unknown);
          request.put(SESSION, session);
          return tokens;
        });
  }

  private static Optional<AuthorizationCodeTokens> tokens(String text, String issuer) {
    try {
      JsonObject json = new JsonObject(text);
      return issuer.equals(json.getString("issuer"))
          ? Optional.of(
              new AuthorizationCodeTokens(
                  json.getString("id_token"),
                  json.getString("access_token"),
                  json.getString("refresh_token"),
                  json.getLong("expires_in"),
                  json.getString("scope")))
          : Optional.empty();
    } catch (DecodeException | ClassCastException _) {
      return Optional.empty();
    }
  }

  private static AuthenticationFailedException unknown() {
    return new AuthenticationFailedException("The session is not known");
  }

  /// Keeps the tokens. The extension also calls this before it refreshes them, and when one of
  /// several requests fails to refresh them. A sign-out removes them; the others expire.
  @Override
  public Uni<Void> deleteTokens(
      RoutingContext request,
      OidcTenantConfig config,
      String id,
      OidcRequestContext<Void> context) {
    return Uni.createFrom().voidItem();
  }
}
