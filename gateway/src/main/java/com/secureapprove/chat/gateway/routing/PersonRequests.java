package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamAddresses;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.outage.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Opens POST requests to upstreams in the name of a person. The caller streams or sends the body.
@Singleton
class PersonRequests {
  private static final Logger LOG = Logger.getLogger(PersonRequests.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient client;
  private final UpstreamAddresses addresses;
  private final InternalTokens tokens;

  PersonRequests(Vertx vertx, UpstreamAddresses addresses, InternalTokens tokens) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setKeepAliveTimeout(20),
            new PoolOptions().setHttp1MaxSize(CallKind.FORWARDED.maxConcurrent()));
    this.addresses = addresses;
    this.tokens = tokens;
  }

  @PreDestroy
  void close() {
    client.close();
  }

  Future<HttpClientRequest> post(Upstream upstream, String path, AuthenticatedCaller caller) {
    String token = tokens.forUser(upstream.toString(), caller.tenant(), caller.person());
    RequestOptions options =
        addresses
            .of(upstream)
            .setMethod(HttpMethod.POST)
            .setURI(path)
            .setIdleTimeout(IDLE_TIMEOUT.toMillis())
            .putHeader("Accept", "application/json")
            .putHeader("Authorization", "Bearer " + token);
    return client
        .request(options)
        .onSuccess(request ->
            // a failure also fails the response; without a handler Vert.x logs it as an error
            request.exceptionHandler(
                failure -> LOG.debugf("upstream_call_failed reason=%s", Reason.of(failure))));
  }
}
