package com.secureapprove.chat.gateway.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.gateway.activity.ActivityTracker;
import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.authentication.Credential.BearerToken;
import com.secureapprove.chat.gateway.authentication.Credential.SessionCookie;
import com.secureapprove.chat.gateway.authentication.CsrfTokens;
import com.secureapprove.chat.gateway.authentication.ExpectedPerson;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.RequestPath;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.LimitsConfig;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.limits.SlowRefusals;
import com.secureapprove.chat.gateway.limits.UploadPermits;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamAddresses;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The routes under `/api/`. Authentication comes first, so a request without valid credentials
/// gets a 401 problem on every path, known or not.
@Singleton
class ApiRoutes {
  private static final int NO_CONTENT = 204;
  private static final String TYPING_IGNORED = "{\"status\":\"ok\"}";

  /// A whole list has up to 1,000 entries, so it costs the upstream as much as several pages.
  private static final int WEIGHT_OF_WHOLE_LIST = 5;

  private static final Set<HttpMethod> SAFE_METHODS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final RequestAuthenticator authenticator;
  private final CsrfTokens csrf;
  private final Forwarding forwarding;
  private final MultipartMessages multipart;
  private final Problems problems;
  private final ActivityTracker activity;
  private final RateLimits rateLimits;
  private final SlowRefusals refusals;
  private final UploadPermits uploadPermits;
  private final BodyLimits bodyLimits;
  private final MeView.Limits limits;
  private final UpstreamAddresses addresses;
  private final Optional<String> pushPublicKey;
  private final ObjectMapper json;

  ApiRoutes(
      RequestAuthenticator authenticator,
      CsrfTokens csrf,
      Forwarding forwarding,
      MultipartMessages multipart,
      Problems problems,
      ActivityTracker activity,
      RateLimits rateLimits,
      SlowRefusals refusals,
      UploadPermits uploadPermits,
      BodyLimits bodyLimits,
      LimitsConfig limitsConfig,
      UpstreamAddresses addresses,
      @ConfigProperty(name = "chat.push.server.public-key") Optional<String> pushPublicKey,
      ObjectMapper json) {
    this.authenticator = authenticator;
    this.csrf = csrf;
    this.forwarding = forwarding;
    this.multipart = multipart;
    this.problems = problems;
    this.activity = activity;
    this.rateLimits = rateLimits;
    this.refusals = refusals;
    this.uploadPermits = uploadPermits;
    this.bodyLimits = bodyLimits;
    this.limits = MeView.Limits.of(limitsConfig, bodyLimits);
    this.addresses = addresses;
    this.pushPublicKey = pushPublicKey.filter(_ -> addresses.hasNotifications());
    this.json = json;
  }

  void register(@Observes Router router) {
    router.route("/api/*").order(RouteOrder.API).handler(this::handle);
  }

  private void handle(RoutingContext request) {
    if (!request.request().isEnded()) {
      request.request().pause(); // the body is read only after authentication
    }
    Destination destination = destination(request);
    switch (destination) {
      case Destination.CurrentPerson _,
          Destination.Service _,
          Destination.Typing _,
          Destination.NotFound _ ->
          authenticator
              .caller(request)
              .onSuccess(caller -> answer(request, caller, destination))
              .onFailure(failure -> refusals.answer(request, failure));
      case Destination.Notifications _ ->
          authenticator
              .client(request, Destination.Notifications.ROLE)
              .onSuccess(client -> answer(request, client, destination))
              .onFailure(failure -> refusals.answer(request, failure));
      case Destination.MethodNotAllowed notAllowed ->
          authenticator
              .account(request)
              .onSuccess(_ -> methodNotAllowed(request, notAllowed))
              .onFailure(failure -> refusals.answer(request, failure));
    }
  }

  private void answer(RoutingContext request, AuthenticatedCaller caller, Destination destination) {
    try {
      ExpectedPerson.require(request.request().getHeader(ExpectedPerson.HEADER), caller);
      requireCsrfToken(request, caller);
      limitReads(request, caller.share(), destination);
      if (!(destination instanceof Destination.Notifications)) {
        activity.active(caller.tenant(), caller.person().userId());
      }
      switch (destination) {
        case Destination.Notifications _ -> {
          requireAllowedSize(request, Destination.Notifications.SERVICE);
          limitLargeBody(request, caller.share());
          takeAndForward(request, Destination.Notifications.SERVICE, caller, List.of());
        }
        case Destination.CurrentPerson _ -> me(request, caller);
        case Destination.Service service -> {
          Destination.Service actual = withActualBody(request, service);
          requireAllowedSize(request, actual);
          limitLargeBody(request, caller.share());
          takeAndForward(request, actual, caller, List.of());
        }
        case Destination.Typing _ -> typing(request, caller);
        case Destination.MethodNotAllowed _, Destination.NotFound _ ->
            throw new ProblemException(Problem.NOT_FOUND, "Unknown path");
      }
    } catch (ProblemException | JsonProcessingException e) {
      refusals.answer(request, caller.share(), e);
    }
  }

  private void limitReads(RoutingContext request, Share share, Destination destination) {
    if (SAFE_METHODS.contains(request.request().method())) {
      boolean isWholeList =
          destination instanceof Destination.Service service
              && service.isWholeList(request.queryParams());
      rateLimits.requireLocally(Limit.READS, share, isWholeList ? WEIGHT_OF_WHOLE_LIST : 1);
    }
  }

  /// A message can be a multipart form with files or JSON without files, which must be smaller.
  private static Destination.Service withActualBody(
      RoutingContext request, Destination.Service service) {
    return service.body() == Destination.Body.MESSAGE_WITH_FILES
            && !MultipartMessages.isMultipart(request.request())
        ? new Destination.Service(
            service.upstream(), Destination.Body.JSON, service.limits(), service.list())
        : service;
  }

  private void typing(RoutingContext request, AuthenticatedCaller caller) {
    requireAllowedSize(request, Destination.Typing.SERVICE);
    limitLargeBody(request, caller.share());
    rateLimits
        .take(Limit.TYPING, caller.share(), RequestPath.of(request))
        .onFailure(_ -> answerJson(request, Buffer.buffer(TYPING_IGNORED)))
        .onSuccess(
            taken -> takeAndForward(request, Destination.Typing.SERVICE, caller, List.of(taken)));
  }

  /// @param before attempts that were already counted
  private void takeAndForward(
      RoutingContext request,
      Destination.Service service,
      AuthenticatedCaller caller,
      List<RateLimits.Taken> before) {
    Future<List<RateLimits.Taken>> allowed = Future.succeededFuture(before);
    for (Limit limit : service.limits()) {
      allowed =
          allowed.compose(
              taken -> rateLimits.take(limit, caller.share()).map(next -> and(taken, next)));
    }
    allowed
        .onFailure(failure -> refusals.answer(request, caller.share(), failure))
        .onSuccess(taken ->
            forward(
                request,
                service,
                caller,
                status -> taken.forEach(each -> rateLimits.settle(each, status))));
  }

  private static List<RateLimits.Taken> and(List<RateLimits.Taken> some, RateLimits.Taken other) {
    return Stream.concat(some.stream(), Stream.of(other)).toList();
  }

  private void forward(
      RoutingContext request,
      Destination.Service service,
      AuthenticatedCaller caller,
      IntConsumer onStatus) {
    if (service.body() == Destination.Body.MESSAGE_WITH_FILES) {
      multipart.send(request, service, caller, onStatus);
    } else {
      forwarding.forward(request, service, caller, onStatus);
    }
  }

  private Destination destination(RoutingContext request) {
    String path = RequestPath.of(request);
    if (!path.startsWith(ApiPaths.PREFIX)) {
      return new Destination.NotFound();
    }
    Destination destination =
        ApiPaths.of(request.request().method(), path.substring(ApiPaths.PREFIX.length()));
    return destination instanceof Destination.Service service
            && service.upstream() == Upstream.NOTIFICATION
            && !addresses.hasNotifications()
        ? new Destination.NotFound()
        : destination;
  }

  private void requireCsrfToken(RoutingContext request, AuthenticatedCaller caller) {
    switch (caller.credential()) {
      case BearerToken _ -> {}
      case SessionCookie cookie -> {
        String token = request.request().getHeader(CsrfTokens.HEADER);
        if (!SAFE_METHODS.contains(request.request().method())
            && !csrf.isValid(token, cookie.session().id())) {
          throw new ProblemException(
              Problem.FORBIDDEN, "The header " + CsrfTokens.HEADER + " is missing or invalid");
        }
      }
    }
  }

  private void limitLargeBody(RoutingContext request, Share share) {
    if (BufferedBody.isExceeded(request.request())) {
      uploadPermits.acquire(request, share);
    }
  }

  private void requireAllowedSize(RoutingContext request, Destination.Service service) {
    String length = request.request().getHeader("Content-Length");
    if (length != null && Long.parseLong(length) > bodyLimits.bytes(service.body())) {
      throw new ProblemException(Problem.TOO_LARGE, "The request is too large");
    }
  }

  private void methodNotAllowed(RoutingContext request, Destination.MethodNotAllowed destination) {
    request.response().putHeader("Allow", destination.allow());
    if (!request.request().method().equals(HttpMethod.OPTIONS)) {
      problems.answer(
          request,
          new ProblemException(
              Problem.METHOD_NOT_ALLOWED, "Allowed methods: " + destination.allow()));
      return;
    }
    request.response().setStatusCode(NO_CONTENT).end();
    if (!request.request().isEnded()) {
      request.request().resume();
    }
  }

  private void me(RoutingContext request, AuthenticatedCaller caller)
      throws JsonProcessingException {
    MeView view = MeView.of(caller, csrf, limits, pushPublicKey.orElse(null));
    answerJson(request, Buffer.buffer(json.writeValueAsBytes(view)));
  }

  private static void answerJson(RoutingContext request, Buffer body) {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body);
    if (!request.request().isEnded()) {
      request.request().resume();
    }
  }
}
