package com.secureapprove.chat.gateway.pages;

import com.secureapprove.chat.gateway.authentication.Issuer;
import com.secureapprove.chat.gateway.http.PublicOrigin;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;

/// Renders pages and sends redirects. Clients may not cache them.
@Singleton
class PageResponses {
  private final PublicOrigin origin;

  PageResponses(PublicOrigin origin) {
    this.origin = origin;
  }

  private static Locale language(RoutingContext request) {
    return Languages.of(request.request().getHeader("Accept-Language"));
  }

  /// The page's language as a BCP 47 tag.
  static String languageTag(RoutingContext request) {
    return language(request).toLanguageTag();
  }

  /// The texts in the page's language.
  static Texts texts(RoutingContext request) {
    return MessageBundles.get(Texts.class, Localized.Literal.of(languageTag(request)));
  }

  /// A page from which a form can lead to an issuer at any origin.
  void signIn(RoutingContext request, int status, TemplateInstance page) {
    show(
        request,
        status,
        page,
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
            + " frame-ancestors 'none'; form-action 'self' "
            + anyOrigin());
  }

  /// A page from which a form leads to the gateway only.
  void own(RoutingContext request, int status, TemplateInstance page) {
    show(
        request,
        status,
        page,
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
            + " frame-ancestors 'none'; form-action 'self'");
  }

  private String anyOrigin() {
    return origin.isSecure() ? "https:" : "https: http:";
  }

  /// A page with the chat, from which a form signs out: it leads to the issuer, or to the page
  /// after a sign-out.
  void chat(RoutingContext request, TemplateInstance page, Issuer issuer) {
    String socket = origin.value().replaceFirst("^http", "ws");
    show(
        request,
        200,
        page,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
            + " media-src 'self' blob: data:; font-src 'self'; connect-src 'self' "
            + socket
            + "; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
            + originOf(URI.create(issuer.iss()))
            + originOf(URI.create(issuer.afterSignOut())));
  }

  /// A page with a form that leads to the issuer to sign out.
  void signOut(RoutingContext request, TemplateInstance page, URI issuer) {
    show(
        request,
        200,
        page,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " base-uri 'none'; frame-ancestors 'none'; form-action 'self' "
            + anyOrigin()
            + originOf(issuer));
  }

  /// The origin of an absolute address, after a space; nothing for a path.
  private static String originOf(URI address) {
    return address.isAbsolute() ? " " + address.getScheme() + "://" + address.getAuthority() : "";
  }

  private static void show(
      RoutingContext request, int status, TemplateInstance page, String policy) {
    Locale language = language(request);
    HttpServerResponse response = request.response();
    page.setLocale(language)
        .renderAsync()
        .whenComplete((html, failure) -> {
          if (failure != null) {
            request.fail(failure);
            return;
          }
          response
              .setStatusCode(status)
              .putHeader("Content-Type", "text/html; charset=utf-8")
              .putHeader("Content-Language", language.toLanguageTag())
              .putHeader("Cache-Control", "no-store")
              .putHeader("Vary", "Accept-Language")
              .putHeader("Content-Security-Policy", policy)
              .end(html);
        });
  }

  /// Redirects with GET.
  static void goTo(RoutingContext request, String location) {
    request
        .response()
        .setStatusCode(303)
        .putHeader("Location", location)
        .putHeader("Cache-Control", "no-store")
        .end();
  }
}
