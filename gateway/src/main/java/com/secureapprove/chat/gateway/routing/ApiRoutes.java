package com.secureapprove.chat.gateway.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.gateway.activity.Activity;
import com.secureapprove.chat.gateway.authentication.Caller;
import com.secureapprove.chat.gateway.authentication.Caller.BearerToken;
import com.secureapprove.chat.gateway.authentication.Caller.SessionCookie;
import com.secureapprove.chat.gateway.authentication.CsrfTokens;
import com.secureapprove.chat.gateway.authentication.RequestAuthenticator;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.RouteOrder;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.LimitsConfig;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.limits.UploadPermits;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/// Everything under `/api/`: first who calls, then what they want. Without valid credentials the
/// answer is always a 401 problem.
@Singleton
class ApiRoutes {
  private static final String CHAT = "/api/chat/";
  private static final int NO_CONTENT = 204;
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final RequestAuthenticator callers;
  private final CsrfTokens csrf;
  private final Forwarding forwarding;
  private final MultipartMessages forms;
  private final Problems problems;
  private final Activity activity;
  private final RateLimits limits;
  private final UploadPermits largeBodies;
  private final LimitsConfig limitsConfig;
  private final ObjectMapper json;

  ApiRoutes(
      RequestAuthenticator callers,
      CsrfTokens csrf,
      Forwarding forwarding,
      MultipartMessages forms,
      Problems problems,
      Activity activity,
      RateLimits limits,
      UploadPermits largeBodies,
      LimitsConfig limitsConfig,
      ObjectMapper json) {
    this.callers = callers;
    this.csrf = csrf;
    this.forwarding = forwarding;
    this.forms = forms;
    this.problems = problems;
    this.activity = activity;
    this.limits = limits;
    this.largeBodies = largeBodies;
    this.limitsConfig = limitsConfig;
    this.json = json;
  }

  void register(@Observes Router router) {
    router.route("/api/*").order(RouteOrder.API).handler(this::handle);
  }

  private void handle(RoutingContext request) {
    if (!request.request().isEnded()) {
      request.request().pause(); // the body waits until we know whose it is
    }
    Destination destination = destination(request);
    switch (destination) {
      case Destination.Me _, Destination.Service _, Destination.Nowhere _ ->
          callers
              .of(request)
              .onSuccess(caller -> {
                activity.of(caller.tenant(), caller.person().userId());
                answer(request, caller, destination);
              })
              .onFailure(failure -> problems.answer(request, failure));
      case Destination.Notifications _ ->
          callers
              .clientOf(request, Destination.Notifications.ROLE)
              .onSuccess(client -> answer(request, client, destination))
              .onFailure(failure -> problems.answer(request, failure));
      case Destination.OtherMethod other ->
          callers
              .accountOf(request)
              .onSuccess(_ -> otherMethod(request, other))
              .onFailure(failure -> problems.answer(request, failure));
    }
  }

  private void answer(RoutingContext request, Caller caller, Destination destination) {
    try {
      requireCsrfToken(request, caller);
      switch (destination) {
        case Destination.Notifications _ -> {
          requireSize(request, Destination.Notifications.SERVICE);
          forwarding.pass(request, Destination.Notifications.SERVICE, caller, _ -> {});
        }
        case Destination.Me _ -> me(request, caller);
        case Destination.Service service -> {
          Destination.Service bounded = bounded(request, service);
          requireSize(request, bounded);
          if (BufferedBody.isOutgrownBy(request.request())) {
            largeBodies.admit(request, caller.tenant(), caller.person().userId());
          }
          pass(request, bounded, caller);
        }
        case Destination.OtherMethod _, Destination.Nowhere _ ->
            throw new ProblemException(Problem.NOT_FOUND, "There is no such path");
      }
    } catch (ProblemException | JsonProcessingException e) {
      problems.answer(request, e);
    }
  }

  /// Only a form brings files.
  private static Destination.Service bounded(RoutingContext request, Destination.Service service) {
    return service.size() == Destination.Size.TEN_FILES
            && !MultipartMessages.isForm(request.request())
        ? new Destination.Service(service.part(), Destination.Size.JSON, service.limit())
        : service;
  }

  private void pass(RoutingContext request, Destination.Service service, Caller caller) {
    Optional<Limit> limit = service.limit();
    if (limit.isEmpty()) {
      forward(request, service, caller, _ -> {});
      return;
    }
    limits
        .take(limit.get(), caller.tenant(), caller.person().userId())
        .onFailure(failure -> problems.answer(request, failure))
        .onSuccess(taken ->
            forward(
                request,
                service,
                caller,
                status -> {
                  if (!limit.get().counts(status)) {
                    limits.giveBack(taken);
                  }
                }));
  }

  private void forward(
      RoutingContext request, Destination.Service service, Caller caller, IntConsumer onStatus) {
    if (service.size() == Destination.Size.TEN_FILES) {
      forms.pass(request, service, caller, onStatus);
    } else {
      forwarding.pass(request, service, caller, onStatus);
    }
  }

  private static Destination destination(RoutingContext request) {
    String path = withoutTrailingSlash(request.normalizedPath());
    return path.startsWith(CHAT)
        ? ApiPaths.of(request.request().method(), path.substring(CHAT.length()))
        : new Destination.Nowhere();
  }

  /// The path as the services know it.
  static String withoutTrailingSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private void requireCsrfToken(RoutingContext request, Caller caller) {
    switch (caller.credential()) {
      case BearerToken _ -> {}
      case SessionCookie cookie -> {
        String token = request.request().getHeader(CsrfTokens.HEADER);
        if (!SAFE.contains(request.request().method())
            && !csrf.fits(token, cookie.session().id())) {
          throw new ProblemException(
              Problem.FORBIDDEN, "The header " + CsrfTokens.HEADER + " is missing or wrong");
        }
      }
    }
  }

  private static void requireSize(RoutingContext request, Destination.Service service) {
    String length = request.request().getHeader("Content-Length");
    if (length != null && Long.parseLong(length) > service.size().bytes()) {
      throw new ProblemException(Problem.TOO_LARGE, "The request is too large");
    }
  }

  private void otherMethod(RoutingContext request, Destination.OtherMethod other) {
    request.response().putHeader("Allow", other.allow());
    if (!request.request().method().equals(HttpMethod.OPTIONS)) {
      problems.answer(
          request,
          new ProblemException(
              Problem.METHOD_NOT_ALLOWED, "Only " + other.allow() + " are answered here"));
      return;
    }
    request.response().setStatusCode(NO_CONTENT).end();
    if (!request.request().isEnded()) {
      request.request().resume();
    }
  }

  private void me(RoutingContext request, Caller caller) throws JsonProcessingException {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(json.writeValueAsBytes(Me.of(caller, csrf, limitsConfig))));
    if (!request.request().isEnded()) {
      request.request().resume();
    }
  }
}
