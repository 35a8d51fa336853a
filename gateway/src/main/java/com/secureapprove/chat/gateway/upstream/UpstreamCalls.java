package com.secureapprove.chat.gateway.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.identity.Principal;
import com.secureapprove.chat.platform.logging.LogFields;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The gateway's own calls to upstreams, each for one person or tenant. Thread-safe; the future
/// completes on the caller's event loop.
///
/// A call fails with a [ProblemException]: the upstream's refusal, or `unavailable` if it did not
/// respond in time.
@Singleton
public class UpstreamCalls {
  /// A response without content.
  public record Done() {}

  private static final int RETRY_AFTER_SECONDS = 2;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private final HttpClient client;
  private final UpstreamAddresses addresses;
  private final UpstreamGuards guards;
  private final InternalTokens tokens;
  private final TokenRefusals refusals;
  private final Tracing tracing;
  private final ObjectMapper json;
  private final ObjectReader reader;

  UpstreamCalls(
      Vertx vertx,
      UpstreamAddresses addresses,
      UpstreamGuards guards,
      InternalTokens tokens,
      TokenRefusals refusals,
      Tracing tracing,
      ObjectMapper json) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setKeepAliveTimeout(20)
                .setTcpNoDelay(true),
            new PoolOptions()
                .setHttp1MaxSize(CallKind.OWN.maxConcurrent() + CallKind.SEND.maxConcurrent()));
    this.addresses = addresses;
    this.guards = guards;
    this.tokens = tokens;
    this.refusals = refusals;
    this.tracing = tracing;
    this.json = json;
    // a service may be of a newer release
    this.reader = json.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  @PreDestroy
  void close() {
    client.close();
  }

  /// Calls a service with GET in the name of the gateway.
  ///
  /// @param share whose permits the call takes
  /// @param path with the query
  /// @param timeout for the whole call
  public <T> Future<T> get(
      Upstream upstream, Share share, String path, Class<T> answer, Duration timeout) {
    return call(
        upstream,
        CallKind.OWN,
        share,
        options(upstream, tokenOf(upstream, share), HttpMethod.GET, path, timeout),
        null,
        answer);
  }

  /// Calls a service with POST and a JSON body in the name of the gateway.
  ///
  /// @param share whose permits the call takes
  public <T> Future<T> post(
      Upstream upstream,
      CallKind kind,
      Share share,
      String path,
      Object body,
      Class<T> answer,
      Duration timeout) {
    return call(
        upstream,
        kind,
        share,
        options(upstream, tokenOf(upstream, share), HttpMethod.POST, path, timeout),
        () -> body,
        answer);
  }

  /// Like the other [#post], with a body that is made when the bulkhead has a permit. So it can
  /// hold what has gathered while the call waited.
  public <T> Future<T> post(
      Upstream upstream,
      CallKind kind,
      Share share,
      String path,
      Supplier<?> body,
      Class<T> answer,
      Duration timeout) {
    return call(
        upstream,
        kind,
        share,
        options(upstream, tokenOf(upstream, share), HttpMethod.POST, path, timeout),
        body,
        answer);
  }

  /// Calls a service with POST in the name of a person.
  ///
  /// @param session the WebSocket connection from which the person asked for it
  public <T> Future<T> postAs(
      Principal person,
      String session,
      Upstream upstream,
      String tenant,
      String path,
      Object body,
      Class<T> answer,
      Duration timeout) {
    RequestOptions options =
        options(
                upstream,
                tokens.forUser(upstream.toString(), tenant, person),
                HttpMethod.POST,
                path,
                timeout)
            .putHeader("X-Chat-Session", session);
    Share share = new Share(tenant, person.userId());
    return call(upstream, CallKind.OWN, share, options, () -> body, answer);
  }

  private String tokenOf(Upstream upstream, Share share) {
    return tokens.forPart(upstream.toString(), share.tenant());
  }

  private RequestOptions options(
      Upstream upstream, String token, HttpMethod method, String path, Duration timeout) {
    RequestOptions options =
        addresses
            .of(upstream)
            .setMethod(method)
            .setURI(path)
            .setTimeout(timeout.toMillis())
            .putHeader("Authorization", "Bearer " + token)
            .putHeader("Accept", "application/json");
    LogFields.trace().ifPresent(id -> options.putHeader(LogFields.HEADER, id));
    return options;
  }

  private <T> Future<T> call(
      Upstream upstream,
      CallKind kind,
      Share share,
      RequestOptions options,
      @Nullable Supplier<?> body,
      Class<T> answer) {
    Span span = tracing.follow("call " + upstream, SpanKind.CLIENT, LogFields.cause().orElse(null));
    if (span.isRecording()) {
      options.putHeader(Tracing.HEADER, Tracing.causeOf(span));
    }
    return guards
        .call(
            upstream,
            kind,
            share,
            () ->
                client
                    .request(options)
                    .compose(request -> {
                      if (body == null) {
                        return request.send();
                      }
                      request.putHeader("Content-Type", "application/json");
                      return request.send(encode(body.get()));
                    })
                    .compose(response ->
                        response.body().map(bytes -> read(upstream, response, bytes, answer))))
        .recover(failure -> Future.failedFuture(problem(upstream, failure)))
        .onComplete(_ -> span.end());
  }

  private Buffer encode(Object body) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The request body cannot be encoded", e);
    }
  }

  /// Decodes a service's response.
  ///
  /// @throws ProblemException if the service refused, or if its response is malformed
  public <T> T read(Upstream upstream, HttpClientResponse response, Buffer body, Class<T> answer) {
    int status = response.statusCode();
    if (refusals.isTokenRefused(upstream, response)) {
      throw unavailable(upstream);
    }
    try {
      if (status / 100 == 2) {
        return answer == Done.class
            ? answer.cast(new Done())
            : reader.forType(answer).readValue(body.getBytes());
      }
      throw refusal(upstream, status, body);
    } catch (IOException _) {
      throw new ProblemException(Problem.INTERNAL, "An internal response is malformed");
    }
  }

  private ProblemException refusal(Upstream upstream, int status, Buffer body) throws IOException {
    String detail = problemOf(body).path("detail").asText();
    Problem problem = Problem.ofStatus(status);
    return switch (problem) {
      case UNAVAILABLE, RATE_LIMITED, UNAUTHENTICATED, OTHER_PERSON -> unavailable(upstream);
      case INTERNAL -> new ProblemException(Problem.INTERNAL, Problem.INTERNAL.title());
      case INVALID,
          FORBIDDEN,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          CONFLICT,
          TOO_LARGE,
          HEADERS_TOO_LARGE,
          UNSUPPORTED_TYPE ->
          new ProblemException(problem, detail.isEmpty() ? problem.title() : detail);
    };
  }

  private JsonNode problemOf(Buffer body) throws IOException {
    return body.length() == 0 ? json.createObjectNode() : json.readTree(body.getBytes());
  }

  /// The problem for the caller. What the HTTP client refuses to send is the caller's mistake; any
  /// other failure but a refusal means that the service is unavailable.
  public static ProblemException problem(Upstream upstream, Throwable failure) {
    return switch (failure) {
      case ProblemException problem -> problem;
      case IllegalArgumentException _ ->
          new ProblemException(Problem.INVALID, "The request has a character that is not allowed");
      default -> unavailable(upstream);
    };
  }

  /// The problem for the caller of a service that does not respond.
  public static ProblemException unavailable(Upstream upstream) {
    return ProblemException.retryAfter(
        Problem.UNAVAILABLE, "The " + upstream + " service is not responding", RETRY_AFTER_SECONDS);
  }
}
