package com.secureapprove.chat.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemBody;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/// Answers requests with `application/problem+json` (RFC 9457).
@Singleton
public class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  private static final int UNAUTHORIZED = 401;

  private final ObjectMapper json;

  Problems(ObjectMapper json) {
    this.json = json;
  }

  /// Ends a request with a problem. A failure that is no [ProblemException] is logged with its
  /// stack trace and answered as an internal error, without its message.
  public void answer(RoutingContext request, Throwable failure) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    ProblemException problem = problem(request, failure);
    response
        .setStatusCode(problem.problem().status())
        .putHeader("Content-Type", ProblemBody.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store");
    Integer seconds = problem.retryAfter();
    if (seconds != null) {
      response.putHeader("Retry-After", seconds.toString());
    }
    if (problem.problem().status() == UNAUTHORIZED) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    response.end(body(request, problem));
    if (!request.request().isEnded()) {
      request.request().resume();
    }
  }

  /// The body of a problem response.
  public Buffer body(RoutingContext request, ProblemException problem) {
    try {
      return Buffer.buffer(
          json.writeValueAsBytes(
              ProblemBody.of(
                  problem.problem(),
                  problem.detail(),
                  RequestPath.of(request),
                  request.get(TraceIds.KEY),
                  List.copyOf(problem.violations()))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The problem cannot be encoded", e);
    }
  }

  private static ProblemException problem(RoutingContext request, Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return problem;
    }
    LOG.errorf(failure, "request_failed path=%s", request.normalizedPath());
    return new ProblemException(Problem.INTERNAL, Problem.INTERNAL.title());
  }
}
