package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.authentication.Caller;
import com.secureapprove.chat.gateway.http.Problems;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.UpstreamAddresses;
import com.secureapprove.chat.gateway.upstream.UpstreamGuards;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemBody;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
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

/// Passes a call on to the service that answers it, and the answer back, without holding more in
/// memory than a small body.
@Singleton
class Forwarding {
  private static final Logger LOG = Logger.getLogger(Forwarding.class);
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration BODY_WITHIN = Duration.ofSeconds(10);
  private static final int RETRY_AFTER_SECONDS = 2;

  private final Vertx vertx;
  private final HttpClient client;
  private final UpstreamAddresses addresses;
  private final UpstreamGuards guards;
  private final InternalTokens tokens;
  private final Problems problems;

  Forwarding(
      Vertx vertx,
      UpstreamAddresses addresses,
      UpstreamGuards guards,
      InternalTokens tokens,
      Problems problems) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAliveTimeout(20)
                .setTcpNoDelay(true)
                .setDecompressionSupported(false),
            new PoolOptions()
                .setHttp1MaxSize(CallKind.FORWARDED.atATime() + CallKind.UPLOAD.atATime()));
    this.addresses = addresses;
    this.guards = guards;
    this.tokens = tokens;
    this.problems = problems;
  }

  @PreDestroy
  void close() {
    client.close();
  }

  /// Passes the call on in the name of the person who makes it.
  ///
  /// @param onStatus gets the status of the service's answer, or 503 where there is none
  void pass(
      RoutingContext request, Destination.Service service, Caller caller, IntConsumer onStatus) {
    pass(
        request,
        service,
        tokens.forUser(service.part().toString(), caller.tenant(), caller.person()),
        onStatus);
  }

  /// Passes the call on in the name of the gateway itself, for a tenant.
  void passAsPart(RoutingContext request, Destination.Service service, String tenant) {
    pass(request, service, tokens.forPart(service.part().toString(), tenant), _ -> {});
  }

  private void pass(
      RoutingContext request, Destination.Service service, String token, IntConsumer onStatus) {
    OneCall call = new OneCall(request, service, token, onStatus);
    HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
        .origin(_ ->
            client
                .request(
                    addresses
                        .of(service.part())
                        .setConnectTimeout(CONNECT.toMillis())
                        .setIdleTimeout(SILENCE.toMillis()))
                .onSuccess(call::leaves))
        .addInterceptor(call)
        .handle(request.request());
  }

  private final class OneCall implements ProxyInterceptor {
    private final RoutingContext request;
    private final Destination.Service service;
    private final String token;
    private final IntConsumer onStatus;
    private @Nullable HttpClientRequest outward;
    private boolean tooLarge;

    OneCall(
        RoutingContext request, Destination.Service service, String token, IntConsumer onStatus) {
      this.request = request;
      this.service = service;
      this.token = token;
      this.onStatus = onStatus;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      ProxyRequest outgoing = context.request();
      outgoing.setURI(uri());
      rewrite(outgoing.headers());
      if (BufferedBody.isOf(request.request())) {
        return BufferedBody.whole(outgoing.getBody().stream(), BODY_WITHIN, vertx)
            .compose(
                body -> {
                  outgoing.setBody(Body.body(body));
                  return send(context, CallKind.FORWARDED);
                },
                slow -> {
                  request.request().connection().close();
                  return Future.failedFuture(slow);
                });
      }
      Body body = outgoing.getBody();
      outgoing.setBody(
          Body.body(
              new SizeLimitedStream(body.stream(), service.size().bytes(), () -> tooLarge = true),
              body.length()));
      return send(
          context,
          BufferedBody.isOutgrownBy(request.request()) ? CallKind.UPLOAD : CallKind.FORWARDED);
    }

    private Future<ProxyResponse> send(ProxyContext context, CallKind kind) {
      return guards
          .call(
              service.part(),
              kind,
              () -> context.sendRequest().recover(failure -> Future.failedFuture(cause(failure))))
          .recover(_ -> {
            giveUp();
            return Future.succeededFuture(refusal(context.request().release().response()));
          });
    }

    /// Only a part that does not answer is to blame.
    private Throwable cause(Throwable failure) {
      return tooLarge || request.response().closed() ? new UpstreamGuards.CallerGone() : failure;
    }

    void leaves(HttpClientRequest request) {
      // what goes wrong fails the call; without this it is an error in the log as well
      request.exceptionHandler(failure -> LOG.debugf("call_failed reason=%s", failure));
      outward = request;
    }

    /// What nobody waits for any more shall not hold a connection.
    private void giveUp() {
      HttpClientRequest left = outward;
      if (left != null) {
        left.reset();
      }
    }

    private String uri() {
      String query = request.request().query();
      String path = ApiRoutes.withoutTrailingSlash(request.normalizedPath());
      return query == null ? path : path + "?" + query;
    }

    private void rewrite(MultiMap headers) {
      InboundHeaders.strip(headers);
      headers.set("Authorization", "Bearer " + token);
    }

    private ProxyResponse refusal(ProxyResponse response) {
      ProblemException problem =
          tooLarge
              ? new ProblemException(Problem.TOO_LARGE, "The request is too large")
              : ProblemException.retryAfter(
                  Problem.UNAVAILABLE,
                  "The " + service.part() + " part does not answer",
                  RETRY_AFTER_SECONDS);
      response
          .setStatusCode(problem.problem().status())
          .putHeader("Content-Type", ProblemBody.MEDIA_TYPE)
          .setBody(Body.body(problems.body(request, problem)));
      Integer seconds = problem.retryAfter();
      if (seconds != null) {
        response.putHeader("Retry-After", seconds.toString());
      }
      return response;
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      ProxyResponse answer = context.response();
      onStatus.accept(answer.getStatusCode());
      MultiMap headers = answer.headers();
      // what the services set once more would be there twice
      InboundHeaders.OURS.forEach(headers::remove);
      if (!headers.contains("Cache-Control")) {
        headers.set("Cache-Control", "no-store");
      }
      return context.sendResponse();
    }
  }
}
