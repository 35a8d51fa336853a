package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamAddresses;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The administration of a tenant's webhooks, with its provisioning token. The paths are unknown in
/// an installation without notification-service.
@Singleton
class WebhookRoutes {
  static final String PREFIX = "/api/chat/webhooks";

  private static final String ID = "/([^/]+)";
  private static final Destination.Service SERVICE = new Destination.Service(Upstream.NOTIFICATION);

  /// An endpoint of the API.
  ///
  /// @param template for the label of meters
  private record Endpoint(Pattern pattern, String template, SortedSet<String> methods) {}

  private static final Set<Endpoint> ENDPOINTS =
      Set.of(
          endpoint("", "GET", "HEAD", "POST"),
          endpoint("/{id}", "DELETE", "GET", "HEAD"),
          endpoint("/{id}/rotate_secret", "POST"),
          endpoint("/{id}/enable", "POST"),
          endpoint("/{id}/deliveries", "GET", "HEAD"),
          endpoint("/{id}/deliveries/{delivery}/resend", "POST"));

  private final ProvisionedCalls calls;
  private final UpstreamAddresses addresses;

  WebhookRoutes(ProvisionedCalls calls, UpstreamAddresses addresses) {
    this.calls = calls;
    this.addresses = addresses;
  }

  private static Endpoint endpoint(String path, String... methods) {
    SortedSet<String> all = new TreeSet<>(Set.of(methods));
    all.add("OPTIONS");
    return new Endpoint(
        Pattern.compile(PREFIX + path.replaceAll("/\\{[a-z]+}", ID) + "/?"), PREFIX + path, all);
  }

  void register(@Observes Router router) {
    if (addresses.hasNotifications()) {
      router.route(PREFIX + "/*").order(RouteOrder.ADMINISTRATION).handler(this::handle);
    }
  }

  private void handle(RoutingContext request) {
    calls.handle(request, find(request.normalizedPath()).map(Endpoint::methods), SERVICE);
  }

  /// The template of a path, such as `/api/chat/webhooks/{id}`.
  static Optional<String> templateOf(String path) {
    return find(path).map(Endpoint::template);
  }

  private static Optional<Endpoint> find(String path) {
    return ENDPOINTS.stream().filter(each -> each.pattern().matcher(path).matches()).findFirst();
  }
}
