package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.limits.UploadPermits;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
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
  /// The share of a tenant's identity provider, beside those of its people.
  private static final String PROVISIONING = "scim";

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

  private final ProvisioningTokens tokens;
  private final Forwarding forwarding;
  private final RateLimits rateLimits;
  private final UploadPermits uploadPermits;
  private final Problems problems;

  ScimRoutes(
      ProvisioningTokens tokens,
      Forwarding forwarding,
      RateLimits rateLimits,
      UploadPermits uploadPermits,
      Problems problems) {
    this.tokens = tokens;
    this.forwarding = forwarding;
    this.rateLimits = rateLimits;
    this.uploadPermits = uploadPermits;
    this.problems = problems;
  }

  void register(@Observes Router router) {
    router.route("/scim/*").order(RouteOrder.API).handler(this::handle);
  }

  private void handle(RoutingContext request) {
    Optional<String> tenant = tokens.tenantOf(request.request().getHeader("Authorization"));
    if (tenant.isEmpty()) {
      problems.answer(
          request, new ProblemException(Problem.UNAUTHENTICATED, "No valid provisioning token"));
      return;
    }
    Optional<Set<String>> methods = methodsOf(request.normalizedPath());
    if (methods.isEmpty()) {
      problems.answer(request, new ProblemException(Problem.NOT_FOUND, "Unknown path"));
      return;
    }
    Set<String> allowed = methods.get();
    HttpMethod method = request.request().method();
    if (method.equals(HttpMethod.OPTIONS) || !allowed.contains(method.name())) {
      String allow = String.join(", ", allowed);
      request.response().putHeader("Allow", allow);
      if (method.equals(HttpMethod.OPTIONS)) {
        request.response().setStatusCode(204).end();
        return;
      }
      problems.answer(
          request, new ProblemException(Problem.METHOD_NOT_ALLOWED, "Allowed methods: " + allow));
      return;
    }
    Share share = new Share(tenant.get(), PROVISIONING);
    try {
      if (BufferedBody.isExceeded(request.request())) {
        uploadPermits.acquire(request, share);
      }
    } catch (ProblemException e) {
      problems.answer(request, e);
      return;
    }
    if (!request.request().isEnded()) {
      request.request().pause(); // until the rate limit has answered
    }
    rateLimits
        .take(Limit.PROVISIONING, share)
        .onSuccess(_ -> forwarding.forwardAsGateway(request, DIRECTORY, share))
        .onFailure(refusal -> problems.answer(request, refusal));
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
