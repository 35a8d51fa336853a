package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.upstream.Upstream;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SCIM endpoints. A tenant's provisioning token permits changes to that tenant's directory and
/// nothing else.
@Singleton
class ScimRoutes {
  private static final Pattern USERS = Pattern.compile("/scim/v2/Users(?:/(?<id>[^/]+))?/?");
  private static final Pattern DISCOVERY =
      Pattern.compile("/scim/v2/(ServiceProviderConfig|(Schemas|ResourceTypes)(/[^/]+)?)/?");
  private static final Pattern ACCOUNTS =
      Pattern.compile("/scim/v2/(?:Users/(?<id>[^/]+)/)?Accounts/?");
  private static final Set<String> ACCOUNTS_METHODS = new TreeSet<>(Set.of("DELETE", "OPTIONS"));
  private static final Set<String> USER_ACCOUNTS_METHODS =
      new TreeSet<>(Set.of("DELETE", "GET", "HEAD", "OPTIONS"));
  private static final Set<String> DISCOVERY_METHODS =
      new TreeSet<>(Set.of("GET", "HEAD", "OPTIONS"));
  private static final Set<String> COLLECTION_METHODS =
      new TreeSet<>(Set.of("GET", "HEAD", "OPTIONS", "POST"));
  private static final Set<String> USER_METHODS =
      new TreeSet<>(Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "PUT"));
  private static final Destination.Service DIRECTORY = new Destination.Service(Upstream.PRESENCE);

  private final ProvisionedCalls calls;

  ScimRoutes(ProvisionedCalls calls) {
    this.calls = calls;
  }

  void register(@Observes Router router) {
    router.route("/scim/*").order(RouteOrder.API).handler(this::handle);
  }

  private void handle(RoutingContext request) {
    calls.handle(request, methodsOf(request.normalizedPath()), DIRECTORY);
  }

  /// The methods of a path; empty for an unknown path.
  private static Optional<Set<String>> methodsOf(String path) {
    Matcher users = USERS.matcher(path);
    if (users.matches()) {
      return Optional.of(users.group("id") == null ? COLLECTION_METHODS : USER_METHODS);
    }
    Matcher accounts = ACCOUNTS.matcher(path);
    if (accounts.matches()) {
      return Optional.of(accounts.group("id") == null ? ACCOUNTS_METHODS : USER_ACCOUNTS_METHODS);
    }
    return DISCOVERY.matcher(path).matches() ? Optional.of(DISCOVERY_METHODS) : Optional.empty();
  }
}
