package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.limits.SlowRefusals;
import com.secureapprove.chat.gateway.limits.UploadPermits;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/// Calls with the provisioning token of a tenant, which identifies its administrator. They are
/// forwarded in the name of the gateway.
@Singleton
class ProvisionedCalls {
  /// The share of a tenant's administrator, beside those of its people.
  private static final String PROVISIONING = "scim";

  private final ProvisioningTokens tokens;
  private final Forwarding forwarding;
  private final RateLimits rateLimits;
  private final SlowRefusals refusals;
  private final UploadPermits uploadPermits;
  private final Problems problems;

  ProvisionedCalls(
      ProvisioningTokens tokens,
      Forwarding forwarding,
      RateLimits rateLimits,
      SlowRefusals refusals,
      UploadPermits uploadPermits,
      Problems problems) {
    this.tokens = tokens;
    this.forwarding = forwarding;
    this.rateLimits = rateLimits;
    this.refusals = refusals;
    this.uploadPermits = uploadPermits;
    this.problems = problems;
  }

  /// Answers a request: 401 without a valid token, 404 for an unknown path, 405 for another method,
  /// or what the upstream answers.
  ///
  /// @param methods the methods of the path, in the order of `Allow`; empty for an unknown path
  void handle(
      RoutingContext request,
      Optional<? extends Set<String>> methods,
      Destination.Service service) {
    Optional<String> tenant = tokens.tenantOf(request.request().getHeader("Authorization"));
    if (tenant.isEmpty()) {
      refusals.answer(
          request, new ProblemException(Problem.UNAUTHENTICATED, "No valid provisioning token"));
      return;
    }
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
        .onSuccess(_ -> forwarding.forwardAsGateway(request, service, share))
        .onFailure(refusal -> refusals.answer(request, share, refusal));
  }
}
