package com.secureapprove.chat.gateway.pages;

import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamAddresses;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.platform.identity.UnsubscribeTokens;
import com.secureapprove.chat.platform.identity.UnsubscribeTokens.Unsubscription;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Ends the mails to a person who follows the link of one, without a sign-in: the token in the path
/// says whose. GET only asks, because scanners of mails follow links. POST ends them, from the page
/// or at once from the mail provider (RFC 8058).
///
/// The path is below `/api/chat/`, so that it works on the origin of a host application too.
@Singleton
class UnsubscribeRoutes {
  private static final String PATH = "/api/chat/unsubscribe/:token";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final UnsubscribeTokens tokens;
  private final UpstreamAddresses addresses;
  private final UpstreamCalls calls;
  private final RateLimits rateLimits;
  private final PageResponses responses;

  UnsubscribeRoutes(
      UnsubscribeTokens tokens,
      UpstreamAddresses addresses,
      UpstreamCalls calls,
      RateLimits rateLimits,
      PageResponses responses) {
    this.tokens = tokens;
    this.addresses = addresses;
    this.calls = calls;
    this.rateLimits = rateLimits;
    this.responses = responses;
  }

  void register(@Observes Router router) {
    if (addresses.hasNotifications()) {
      router.get(PATH).order(RouteOrder.ADMINISTRATION).handler(this::ask);
      router.head(PATH).order(RouteOrder.ADMINISTRATION).handler(this::ask);
      router.post(PATH).order(RouteOrder.ADMINISTRATION).handler(this::unsubscribe);
    }
  }

  private void ask(RoutingContext request) {
    if (verified(request).isPresent()) {
      responses.own(request, 200, Templates.unsubscribe(PageResponses.languageTag(request)));
    } else {
      refuse(request);
    }
  }

  private void unsubscribe(RoutingContext request) {
    Optional<Unsubscription> verified = verified(request);
    if (verified.isEmpty()) {
      refuse(request);
      return;
    }
    Unsubscription link = verified.get();
    Texts texts = PageResponses.texts(request);
    Share share = new Share(link.tenant(), link.userId());
    rateLimits
        .take(Limit.CHANGES, share)
        .compose(_ ->
            calls.post(
                Upstream.NOTIFICATION,
                CallKind.OWN,
                share,
                "/internal/mail_unsubscriptions",
                Map.of("user_id", link.userId()),
                UpstreamCalls.Done.class,
                TIMEOUT))
        .onSuccess(_ -> notice(request, 200, texts.unsubscribed(), texts.unsubscribedWhy()))
        .onFailure(_ -> notice(request, 503, texts.notUnsubscribed(), texts.unavailableWhy()));
  }

  private Optional<Unsubscription> verified(RoutingContext request) {
    return tokens.verify(request.pathParam("token"));
  }

  private void refuse(RoutingContext request) {
    Texts texts = PageResponses.texts(request);
    notice(request, 404, texts.oldLink(), texts.oldLinkWhy());
  }

  private void notice(RoutingContext request, int status, String title, String why) {
    responses.own(
        request,
        status,
        Templates.notice(PageResponses.languageTag(request), title, why, null, null));
  }
}
