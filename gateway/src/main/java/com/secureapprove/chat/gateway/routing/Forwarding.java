package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.http.RequestEnd;
import com.secureapprove.chat.gateway.http.RequestPath;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.TokenRefusals;
import com.secureapprove.chat.gateway.upstream.UpstreamAddresses;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.gateway.upstream.UpstreamGuards;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemBody;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.tracing.Tracing;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Forwards calls to upstreams as a reverse proxy. Only small bodies are buffered; all others, and
/// all responses, are streamed.
@Singleton
class Forwarding {
  private static final Logger LOG = Logger.getLogger(Forwarding.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration BODY_TIMEOUT = Duration.ofSeconds(10);
  private static final int NOT_MODIFIED = 304;

  /// A part of a response that is forwarded at once. With Vert.x's 8 KiB a large file costs several
  /// times the CPU.
  private static final int CHUNK_BYTES = 64 << 10;

  private final Vertx vertx;
  private final HttpClient client;
  private final UpstreamAddresses addresses;
  private final UpstreamGuards guards;
  private final BodyLimits bodyLimits;
  private final InternalTokens tokens;
  private final TokenRefusals refusals;
  private final Problems problems;
  private final Tracing tracing;

  Forwarding(
      Vertx vertx,
      UpstreamAddresses addresses,
      UpstreamGuards guards,
      BodyLimits bodyLimits,
      InternalTokens tokens,
      TokenRefusals refusals,
      Problems problems,
      Tracing tracing) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setKeepAliveTimeout(20)
                .setTcpNoDelay(true)
                .setMaxChunkSize(CHUNK_BYTES)
                .setDecompressionSupported(false),
            new PoolOptions()
                .setHttp1MaxSize(
                    CallKind.FORWARDED.maxConcurrent()
                        + CallKind.LIST.maxConcurrent()
                        + CallKind.SEND.maxConcurrent()
                        + CallKind.UPLOAD.maxConcurrent()));
    this.addresses = addresses;
    this.guards = guards;
    this.bodyLimits = bodyLimits;
    this.tokens = tokens;
    this.refusals = refusals;
    this.problems = problems;
    this.tracing = tracing;
  }

  @PreDestroy
  void close() {
    client.close();
  }

  /// Forwards a call in the name of its caller.
  ///
  /// @param onStatus receives the status of the response, or 503 if the upstream did not respond
  void forward(
      RoutingContext request,
      Destination.Service service,
      AuthenticatedCaller caller,
      IntConsumer onStatus) {
    forward(
        request,
        service,
        caller.share(),
        tokens.forUser(service.upstream().toString(), caller.tenant(), caller.person()),
        Compression.isAllowed(request.request(), caller.credential()),
        onStatus);
  }

  /// Forwards a call in the name of the gateway.
  ///
  /// @param share whose permits the call takes
  void forwardAsGateway(RoutingContext request, Destination.Service service, Share share) {
    String token = tokens.forPart(service.upstream().toString(), share.tenant());
    forward(request, service, share, token, false, _ -> {});
  }

  private void forward(
      RoutingContext request,
      Destination.Service service,
      Share share,
      String token,
      boolean compressible,
      IntConsumer onStatus) {
    ForwardedCall call = new ForwardedCall(request, service, share, token, compressible, onStatus);
    HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
        .origin(_ ->
            client
                .request(
                    addresses
                        .of(service.upstream())
                        .setConnectTimeout(CONNECT_TIMEOUT.toMillis())
                        .setIdleTimeout(IDLE_TIMEOUT.toMillis()))
                .onSuccess(call::started))
        .addInterceptor(call)
        .handle(request.request());
  }

  private final class ForwardedCall implements ProxyInterceptor {
    private final RoutingContext request;
    private final Destination.Service service;
    private final Share share;
    private final String token;
    private final boolean compressible;
    private final IntConsumer onStatus;
    private final Future<Void> ended;
    private @Nullable HttpClientRequest upstreamRequest;
    private boolean tooLarge;

    ForwardedCall(
        RoutingContext request,
        Destination.Service service,
        Share share,
        String token,
        boolean compressible,
        IntConsumer onStatus) {
      this.request = request;
      this.service = service;
      this.share = share;
      this.token = token;
      this.compressible = compressible;
      this.onStatus = onStatus;
      ended = RequestEnd.of(request);
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      ProxyRequest outgoing = context.request();
      outgoing.setURI(uri());
      rewrite(outgoing.headers());
      if (BufferedBody.fits(request.request())) {
        return BufferedBody.read(outgoing.getBody().stream(), BODY_TIMEOUT, vertx)
            .compose(
                body -> {
                  outgoing.setBody(Body.body(body));
                  return send(context, kind());
                },
                timeout ->
                    // fails after the close, because the proxy would answer 502 before it
                    request
                        .request()
                        .connection()
                        .close()
                        .transform(_ -> Future.failedFuture(timeout)));
      }
      Body body = outgoing.getBody();
      outgoing.setBody(
          Body.body(
              new SizeLimitedStream(
                  body.stream(), bodyLimits.bytes(service.body()), () -> tooLarge = true),
              body.length()));
      return send(context, BufferedBody.isExceeded(request.request()) ? CallKind.UPLOAD : kind());
    }

    private Future<ProxyResponse> send(ProxyContext context, CallKind kind) {
      MultiMap headers = context.request().headers();
      Span span =
          tracing.follow(
              "call " + service.upstream(), SpanKind.CLIENT, headers.get(Tracing.HEADER));
      if (span.isRecording()) {
        headers.set(Tracing.HEADER, Tracing.causeOf(span));
      }
      return guards
          .call(service.upstream(), kind, share, () -> start(context), ended)
          .recover(failure -> {
            cancel();
            ProxyResponse response = context.request().release().response();
            refuse(response, UpstreamCalls.problem(service.upstream(), failure));
            return Future.succeededFuture(response);
          })
          .onComplete(_ -> span.end());
    }

    private CallKind kind() {
      if (service.limits().contains(Limit.MESSAGES)) {
        return CallKind.SEND;
      }
      return service.isWholeList(request.queryParams()) ? CallKind.LIST : CallKind.FORWARDED;
    }

    private Future<ProxyResponse> start(ProxyContext context) {
      return request.response().closed()
          ? Future.failedFuture(new UpstreamGuards.ClientDisconnected())
          : context.sendRequest().recover(failure -> Future.failedFuture(cause(failure)));
    }

    /// A failure that the client caused must not open the circuit breaker.
    private Throwable cause(Throwable failure) {
      return tooLarge || request.response().closed()
          ? new UpstreamGuards.ClientDisconnected()
          : failure;
    }

    void started(HttpClientRequest request) {
      // a failure also fails the call; without a handler Vert.x logs it as an error
      request.exceptionHandler(
          failure -> LOG.debugf("upstream_call_failed reason=%s", Reason.of(failure)));
      upstreamRequest = request;
    }

    /// Frees the connection to the upstream.
    private void cancel() {
      HttpClientRequest current = upstreamRequest;
      if (current != null) {
        current.reset();
      }
    }

    private String uri() {
      String query = request.request().query();
      String path = RequestPath.of(request);
      return query == null ? path : path + "?" + query;
    }

    private void rewrite(MultiMap headers) {
      InboundHeaders.strip(headers);
      headers.set("Authorization", "Bearer " + token);
      String known = headers.get("If-None-Match");
      if (compressible && known != null) {
        headers.set("If-None-Match", known.replace("W/", "")); // Compression makes tags weak
      }
    }

    private void refuse(ProxyResponse response, ProblemException failure) {
      ProblemException problem =
          tooLarge ? new ProblemException(Problem.TOO_LARGE, "The request is too large") : failure;
      int status = problem.problem().status();
      response
          .setStatusCode(status)
          .setStatusMessage(HttpResponseStatus.valueOf(status).reasonPhrase())
          .putHeader("Content-Type", ProblemBody.MEDIA_TYPE)
          .setBody(Body.body(problems.body(request, problem)));
      Integer seconds = problem.retryAfter();
      if (seconds != null) {
        response.putHeader("Retry-After", seconds.toString());
      }
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      ProxyResponse response = context.response();
      if (refusals.isTokenRefused(
          service.upstream(),
          response.getStatusCode(),
          response.headers().get("WWW-Authenticate"))) {
        refuse(response.release(), UpstreamCalls.unavailable(service.upstream()));
      }
      onStatus.accept(response.getStatusCode());
      MultiMap headers = response.headers();
      // services set these headers as well; without this they would appear twice
      InboundHeaders.SET_BY_GATEWAY.forEach(headers::remove);
      if (!headers.contains("Cache-Control")) {
        headers.set("Cache-Control", "no-store");
      }
      if (response.getStatusCode() == NOT_MODIFIED) {
        return notModified(response);
      }
      if (compressible) {
        Compression.apply(response);
      }
      return context.sendResponse();
    }

    /// The proxy would announce a body, which a 304 never has.
    private Future<Void> notModified(ProxyResponse response) {
      HttpServerResponse answer = request.response().setStatusCode(NOT_MODIFIED);
      response.headers().remove("Transfer-Encoding").remove("Content-Length");
      answer.headers().addAll(response.headers());
      response.release();
      return answer.end();
    }
  }
}
