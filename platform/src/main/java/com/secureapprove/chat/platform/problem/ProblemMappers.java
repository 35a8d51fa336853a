package com.secureapprove.chat.platform.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.secureapprove.chat.platform.outage.Reason;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Maps exceptions to problem answers. Only unexpected failures are logged with their stack trace,
/// and their texts never reach the caller.
class ProblemMappers {
  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private static final int RETRY_AFTER = 2;

  private final RoutingContext request;
  private final Dependencies dependencies;

  ProblemMappers(RoutingContext request, Dependencies dependencies) {
    this.request = request;
    this.dependencies = dependencies;
  }

  @ServerExceptionMapper
  Response problem(ProblemException exception) {
    return answer(
        exception.problem(), exception.detail(), exception.violations(), exception.retryAfter());
  }

  @ServerExceptionMapper
  Response violations(ConstraintViolationException exception) {
    List<ProblemBody.Violation> violations =
        exception.getConstraintViolations().stream()
            .map(v -> new ProblemBody.Violation(field(v), v.getMessage()))
            .sorted((a, b) -> a.field().compareTo(b.field()))
            .toList();
    String detail =
        violations.stream()
            .map(v -> v.field() + ": " + v.message())
            .collect(Collectors.joining("; "));
    return answer(Problem.INVALID, detail, violations, null);
  }

  // The subclass is named too, because Quarkus has a mapper for it.
  @ServerExceptionMapper({JacksonException.class, MismatchedInputException.class})
  Response json(JacksonException exception) {
    String field =
        exception instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."))
            : "";
    String message =
        switch (exception) {
          case JsonParseException _ -> "malformed JSON";
          case UnrecognizedPropertyException _ -> "unknown field";
          default -> "not of the expected type";
        };
    return field.isEmpty()
        ? answer(Problem.INVALID, message, List.of(), null)
        : answer(
            Problem.INVALID,
            field + ": " + message,
            List.of(new ProblemBody.Violation(field, message)),
            null);
  }

  @ServerExceptionMapper
  Response unauthenticated(UnauthorizedException exception) {
    return answer(Problem.UNAUTHENTICATED, "No valid credentials", List.of(), null);
  }

  /// The challenge says the reason, so that the calling component can log it.
  @ServerExceptionMapper
  Response refused(AuthenticationFailedException exception) {
    Response answer = answer(Problem.UNAUTHENTICATED, "No valid credentials", List.of(), null);
    return exception.getMessage() == null
        ? answer
        : Response.fromResponse(answer)
            .header(HttpHeaders.WWW_AUTHENTICATE, TokenRefusal.challenge(exception.getMessage()))
            .build();
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException exception) {
    return answer(Problem.FORBIDDEN, "Not allowed for this caller", List.of(), null);
  }

  @ServerExceptionMapper
  Response web(WebApplicationException exception) {
    if (exception.getCause() instanceof JacksonException json) {
      return json(json);
    }
    if (exception instanceof NotFoundException && exception.getCause() != null) {
      // a path or query parameter that is not of its type, such as a malformed UUID
      return answer(Problem.INVALID, "A parameter is malformed", List.of(), null);
    }
    int status = exception.getResponse().getStatus();
    Problem problem = Problem.ofStatus(status);
    if (problem == Problem.INTERNAL) {
      LOG.errorf(exception, "request_failed path=%s", request.normalizedPath());
    }
    return answer(problem, problem.title(), List.of(), null);
  }

  @ServerExceptionMapper
  Response unforeseen(Exception exception) {
    Optional<Outage> outage = Outage.of(exception);
    if (outage.isPresent()) {
      switch (outage.get()) {
        case DATABASE -> dependencies.failed(Dependencies.DATABASE, exception);
        case TRANSACTION, OTHER ->
            LOG.warnf(
                "request_not_served path=%s reason=%s",
                request.normalizedPath(), Reason.of(exception));
      }
      return answer(
          Problem.UNAVAILABLE, "The service is temporarily unavailable", List.of(), RETRY_AFTER);
    }
    LOG.errorf(exception, "request_failed path=%s", request.normalizedPath());
    return answer(Problem.INTERNAL, Problem.INTERNAL.title(), List.of(), null);
  }

  private Response answer(
      Problem problem,
      String detail,
      List<ProblemBody.Violation> violations,
      @Nullable Integer retryAfter) {
    Response.ResponseBuilder builder =
        Response.status(problem.status())
            .type(ProblemBody.MEDIA_TYPE)
            .header("Cache-Control", "no-store")
            .entity(
                ProblemBody.of(
                    problem,
                    detail,
                    request.normalizedPath(),
                    request.request().getHeader("X-Request-Id"),
                    violations));
    if (retryAfter != null) {
      builder.header("Retry-After", retryAfter);
    }
    return builder.build();
  }

  private static String field(ConstraintViolation<?> violation) {
    String last = "";
    for (Path.Node node : violation.getPropertyPath()) {
      last = node.getName() == null ? last : node.getName();
    }
    return last.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
  }
}
