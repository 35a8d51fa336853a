package com.secureapprove.chat.gateway.pages;

import com.secureapprove.chat.gateway.authentication.Issuer;
import com.secureapprove.chat.gateway.authentication.IssuerMetadata;
import com.secureapprove.chat.gateway.authentication.Issuers;
import com.secureapprove.chat.gateway.authentication.SignOutScope;
import com.secureapprove.chat.gateway.authentication.VerifiedAccount;
import com.secureapprove.chat.gateway.browsersession.OneTimeTexts;
import com.secureapprove.chat.gateway.http.PublicOrigin;
import com.secureapprove.chat.gateway.http.RouteOrder;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/// Ends the session at the issuer (OpenID Connect RP-Initiated Logout 1.0) with a form, because the
/// ID token must not be part of an address.
///
/// The page with the form is the next one after a sign-out. A cookie names the stored ID token,
/// which can be read once and within a minute.
@Singleton
class IssuerSignOut {
  static final String PATH = "/sign-out/continue";
  private static final String COOKIE = "chat_sign_out";
  private static final long SECONDS = 60;

  private final Issuers issuers;
  private final IssuerMetadata metadata;
  private final OneTimeTexts texts;
  private final PublicOrigin origin;
  private final PageResponses responses;

  IssuerSignOut(
      Issuers issuers,
      IssuerMetadata metadata,
      OneTimeTexts texts,
      PublicOrigin origin,
      PageResponses responses) {
    this.issuers = issuers;
    this.metadata = metadata;
    this.texts = texts;
    this.origin = origin;
    this.responses = responses;
  }

  void register(@Observes Router router) {
    router.get(PATH).order(RouteOrder.PAGES).handler(this::show);
  }

  /// Prepares the sign-out at the issuer. Returns the next page: the form, or the configured page
  /// if nothing is to be ended at the issuer, or it has no sign-out.
  Future<String> prepare(RoutingContext request, VerifiedAccount account) {
    Issuer issuer = account.issuer();
    if (issuer.signOutEnds() == SignOutScope.CHAT || metadata.endSessionAddress(issuer).isEmpty()) {
      return Future.succeededFuture(issuer.afterSignOut());
    }
    return texts
        .store(issuer.id() + " " + account.token().getRawToken())
        .map(name -> {
          request.response().addCookie(cookie(name).setMaxAge(SECONDS));
          return PATH;
        })
        .otherwise(issuer.afterSignOut());
  }

  private Cookie cookie(String value) {
    return Cookie.cookie(COOKIE, value)
        .setPath(PATH)
        .setHttpOnly(true)
        .setSecure(origin.isSecure())
        .setSameSite(CookieSameSite.LAX);
  }

  private String absolute(String address) {
    return URI.create(origin.uri("/")).resolve(address).toString();
  }

  private void show(RoutingContext request) {
    Cookie named = request.request().getCookie(COOKIE);
    if (named == null) {
      PageResponses.goTo(request, "/");
      return;
    }
    String name = named.getValue();
    request.response().addCookie(cookie("").setMaxAge(0));
    texts
        .take(name)
        .otherwise(Optional.empty())
        .onSuccess(text -> {
          String[] parts = text.orElse("").split(" ", 2);
          Optional<Issuer> issuer = issuers.ofId(parts[0]);
          Optional<String> address = issuer.flatMap(metadata::endSessionAddress);
          if (parts.length == 2 && address.isPresent()) {
            responses.signOut(
                request,
                Templates.signOut(
                    PageResponses.languageTag(request),
                    address.get(),
                    parts[1],
                    issuer.orElseThrow().clientId(),
                    absolute(issuer.orElseThrow().afterSignOut())),
                URI.create(address.get()));
          } else {
            PageResponses.goTo(request, "/");
          }
        });
  }
}
