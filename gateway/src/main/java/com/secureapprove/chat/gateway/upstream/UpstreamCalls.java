package com.secureapprove.chat.gateway.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.identity.Principal;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
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
import org.jspecify.annotations.Nullable;

/// Calls of the gateway itself to the services, in the name of one tenant. Any thread may call; the
/// future completes on the caller's event loop.
///
/// A call fails with a [ProblemException]: what the service said, or `unavailable` where it did not
/// answer in time.
@Singleton
public class UpstreamCalls {
  /// The answer of a call that has nothing to say but that it was done.
  public record Done() {}

  private static final int RETRY_AFTER_SECONDS = 2;
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private final HttpClient client;
  private final UpstreamAddresses addresses;
  private final UpstreamGuards guards;
  private final InternalTokens tokens;
  private final ObjectMapper json;

  UpstreamCalls(
      Vertx vertx,
      UpstreamAddresses addresses,
      UpstreamGuards guards,
      InternalTokens tokens,
      ObjectMapper json) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAliveTimeout(20)
                .setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(CallKind.OWN.atATime()));
    this.addresses = addresses;
    this.guards = guards;
    this.tokens = tokens;
    this.json = json;
  }

  @PreDestroy
  void close() {
    client.close();
  }

  /// Asks a service.
  ///
  /// @param path with its query
  /// @param limit how long the whole call may take
  public <T> Future<T> get(
      Upstream part, String tenant, String path, Class<T> answer, Duration limit) {
    return call(
        part, options(part, tokenOf(part, tenant), HttpMethod.GET, path, limit), null, answer);
  }

  /// Tells a service something, as JSON.
  public <T> Future<T> post(
      Upstream part, String tenant, String path, Object body, Class<T> answer, Duration limit) {
    return call(
        part, options(part, tokenOf(part, tenant), HttpMethod.POST, path, limit), body, answer);
  }

  /// Tells a service something in a person's name, who said it by that WebSocket session.
  public <T> Future<T> postAs(
      Principal person,
      String session,
      Upstream part,
      String tenant,
      String path,
      Object body,
      Class<T> answer,
      Duration limit) {
    RequestOptions options =
        options(part, tokens.forUser(part.toString(), tenant, person), HttpMethod.POST, path, limit)
            .putHeader("X-Chat-Session", session);
    return call(part, options, body, answer);
  }

  private String tokenOf(Upstream part, String tenant) {
    return tokens.forPart(part.toString(), tenant);
  }

  private RequestOptions options(
      Upstream part, String token, HttpMethod method, String path, Duration limit) {
    return addresses
        .of(part)
        .setMethod(method)
        .setURI(path)
        .setTimeout(limit.toMillis())
        .putHeader("Authorization", "Bearer " + token)
        .putHeader("Accept", "application/json");
  }

  private <T> Future<T> call(
      Upstream part, RequestOptions options, @Nullable Object body, Class<T> answer) {
    return guards
        .call(
            part,
            CallKind.OWN,
            () ->
                client
                    .request(options)
                    .compose(request -> {
                      if (body == null) {
                        return request.send();
                      }
                      request.putHeader("Content-Type", "application/json");
                      return request.send(encode(body));
                    })
                    .compose(response ->
                        response.body().map(bytes -> read(part, response, bytes, answer))))
        .recover(failure -> Future.failedFuture(problem(part, failure)));
  }

  private Buffer encode(Object body) {
    try {
      return Buffer.buffer(json.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Body cannot be encoded", e);
    }
  }

  /// What a service's answer says.
  ///
  /// @throws ProblemException where it refuses, or is not understood
  public <T> T read(Upstream part, HttpClientResponse response, Buffer body, Class<T> answer) {
    int status = response.statusCode();
    try {
      if (status / 100 == 2) {
        return answer == Done.class
            ? answer.cast(new Done())
            : json.readValue(body.getBytes(), answer);
      }
      throw refusal(part, status, body);
    } catch (IOException _) {
      throw new ProblemException(Problem.INTERNAL, "An inner answer was not understood");
    }
  }

  private ProblemException refusal(Upstream part, int status, Buffer body) throws IOException {
    String type = String.valueOf(response(body).path("detail").asText());
    Problem problem = Problem.ofStatus(status);
    return switch (problem) {
      case UNAVAILABLE, RATE_LIMITED -> unavailable(part);
      case UNAUTHENTICATED, INTERNAL ->
          new ProblemException(Problem.INTERNAL, Problem.INTERNAL.title());
      case INVALID,
          FORBIDDEN,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          CONFLICT,
          TOO_LARGE,
          UNSUPPORTED_TYPE ->
          new ProblemException(problem, type.isEmpty() ? problem.title() : type);
    };
  }

  private com.fasterxml.jackson.databind.JsonNode response(Buffer body) throws IOException {
    return body.length() == 0 ? json.createObjectNode() : json.readTree(body.getBytes());
  }

  /// The failure as callers are told of it: a service that cannot be reached is unavailable.
  public static Throwable problem(Upstream part, Throwable failure) {
    return failure instanceof ProblemException ? failure : unavailable(part);
  }

  private static ProblemException unavailable(Upstream part) {
    return ProblemException.retryAfter(
        Problem.UNAVAILABLE, "The " + part + " part does not answer", RETRY_AFTER_SECONDS);
  }
}
