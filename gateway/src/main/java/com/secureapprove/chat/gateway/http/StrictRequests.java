package com.secureapprove.chat.gateway.http;

import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Refuses requests that proxies and upstreams could read in another way than the gateway: without
/// exactly one host, with a repeated header that may occur once, with control characters in a
/// header, with dot segments in the path, or with a compressed body, which no component
/// decompresses. Also refuses methods that no endpoint has, so that clients cannot make label
/// values of meters.
///
/// The HTTP decoder refuses other ambiguous requests, such as those with both `Content-Length` and
/// `Transfer-Encoding`.
@Singleton
class StrictRequests {
  private static final int BAD_REQUEST = 400;
  private static final String IDENTITY = "identity";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

  /// Headers that may occur once, because the gateway or an upstream reads one value. Of two
  /// origins, the gateway would check only the first.
  private static final Set<String> SINGLE =
      Set.of(
          "Authorization",
          "Content-Type",
          "Idempotency-Key",
          "Origin",
          "X-CSRFToken",
          "X-Chat-Session",
          "X-Chat-User");

  /// A segment that is `.` or `..`, each dot plain or percent-encoded.
  private static final Pattern DOT_SEGMENT =
      Pattern.compile("/(\\.|%2e){1,2}(?=[/\\\\;?#]|%2f|%5c|$)");

  private final Problems problems;

  StrictRequests(Problems problems) {
    this.problems = problems;
  }

  void register(@Observes Router router) {
    router
        .route()
        .order(RouteOrder.STRICT)
        .handler(this::check)
        .failureHandler(this::answerUnroutable);
  }

  /// Answers a request that the router refused before the first route, such as one without a valid
  /// host. Quarkus would log an error for each of them, so that any client could flood the log.
  private void answerUnroutable(RoutingContext request) {
    if (request.statusCode() == BAD_REQUEST && request.failure() instanceof VertxException) {
      refuse(request, Problem.INVALID, "The request line or the Host header is invalid");
    } else {
      request.next();
    }
  }

  private void check(RoutingContext request) {
    HttpServerRequest http = request.request();
    if (!METHODS.contains(http.method().name())) {
      String allowed = String.join(", ", METHODS);
      request.response().putHeader("Allow", allowed);
      refuse(request, Problem.METHOD_NOT_ALLOWED, "Allowed methods: " + allowed);
    } else if (!hasOneHost(http)) {
      refuse(request, Problem.INVALID, "Exactly one Host header is required");
    } else if (SINGLE.stream().anyMatch(name -> http.headers().getAll(name).size() > 1)) {
      refuse(request, Problem.INVALID, "A header is repeated that may occur once");
    } else if (isCompressed(http)) {
      request.response().putHeader("Accept-Encoding", IDENTITY);
      refuse(request, Problem.UNSUPPORTED_TYPE, "Compressed request bodies are not supported");
    } else if (hasControlCharacter(http)) {
      refuse(request, Problem.INVALID, "A header has a control character");
    } else if (http.path() == null
        || DOT_SEGMENT.matcher(http.path().toLowerCase(Locale.ROOT)).find()) {
      refuse(request, Problem.INVALID, "The path has dot segments");
    } else {
      request.next();
    }
  }

  /// HTTP/1.0 allows requests without a host.
  private static boolean hasOneHost(HttpServerRequest http) {
    int hosts = http.headers().getAll("Host").size();
    return hosts == 1
        // it is a host, with or without a port
        ? http.authority() != null && !http.authority().host().isEmpty()
        : hosts == 0 && http.version() == HttpVersion.HTTP_1_0;
  }

  private static boolean isCompressed(HttpServerRequest http) {
    String coding = http.getHeader("Content-Encoding");
    return coding != null && !coding.equalsIgnoreCase(IDENTITY);
  }

  private static boolean hasControlCharacter(HttpServerRequest http) {
    return http.headers().entries().stream()
        .anyMatch(
            header -> header.getValue().chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f));
  }

  private void refuse(RoutingContext request, Problem problem, String detail) {
    request.response().putHeader("Connection", "close");
    problems.answer(request, new ProblemException(problem, detail));
  }
}
