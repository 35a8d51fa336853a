package com.secureapprove.chat.notification.outbound;

import com.secureapprove.chat.platform.outage.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// POST requests to receivers outside the installation.
///
/// 1. The name is resolved once and its addresses are checked, see [Targets].
/// 2. The connection goes to a checked address. TLS verifies the certificate for the name.
/// 3. The call ends with the headers of the response. Its body is not read, its redirects are not
///    followed, and the connection is closed.
///
/// Every step has a time limit. Methods block and are for virtual threads.
@Singleton
public class OutboundCalls {
  /// Callers limit the number of calls. The pool must not make calls wait for each other.
  private static final int MAX_CONNECTIONS = 1_024;

  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final String USER_AGENT = "SecureApprove-Chat";

  /// How a call ended.
  public sealed interface Outcome {}

  /// The receiver answered.
  ///
  /// @param retryAfter the header `Retry-After`, if it has a valid one
  public record Answered(int status, Optional<Duration> retryAfter) implements Outcome {}

  /// There was no answer.
  ///
  /// @param reason one line, which may be shown to the tenant
  public record Unanswered(String reason) implements Outcome {}

  private final Targets targets;
  private final OutboundConfig config;
  private final HttpClient client;
  private final Clock clock = Clock.systemUTC();

  OutboundCalls(Targets targets, OutboundConfig config, Vertx vertx) {
    this.targets = targets;
    this.config = config;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout((int) config.connectWithin().toMillis())
                .setSslHandshakeTimeout(config.answerWithin().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
  }

  @PreDestroy
  void close() {
    client.close();
  }

  /// Sends a POST request. Never throws for a reason of the receiver.
  public Outcome post(String url, Map<String, String> headers, byte[] body) {
    URI target;
    InetAddress address;
    try {
      target = targets.parse(url);
      address = targets.resolve(target);
    } catch (RefusedTarget e) {
      return new Unanswered("the URL " + e.getMessage());
    }
    return send(options(target, address, headers), body);
  }

  private static RequestOptions options(
      URI target, InetAddress address, Map<String, String> headers) {
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    String query = target.getRawQuery();
    int port = Targets.port(target);
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(target.getHost())
            .setPort(port)
            .setSsl("https".equals(target.getScheme()))
            .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
            .setURI(query == null ? path : path + "?" + query)
            .putHeader("User-Agent", USER_AGENT);
    headers.forEach(options::putHeader);
    return options;
  }

  private Outcome send(RequestOptions options, byte[] body) {
    AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
    AtomicBoolean abandoned = new AtomicBoolean();
    CompletableFuture<Outcome> answer =
        client
            .request(options)
            .compose(request -> {
              sent.set(request);
              if (abandoned.get()) {
                request.connection().close();
                return Future.failedFuture("connected too late");
              }
              return request.send(Buffer.buffer(body));
            })
            .map(this::answered)
            .toCompletionStage()
            .toCompletableFuture();
    try {
      return answer.get(config.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return new Unanswered(Reason.of(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException _) {
      return new Unanswered("no answer within " + config.answerWithin().toSeconds() + " s");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Unanswered("the service is stopping");
    } finally {
      abandoned.set(true);
      HttpClientRequest request = sent.get();
      if (request != null) {
        request.connection().close();
      }
    }
  }

  private Outcome answered(HttpClientResponse response) {
    return new Answered(response.statusCode(), retryAfter(response.getHeader("Retry-After")));
  }

  /// A number of seconds or a date (RFC 9110).
  private Optional<Duration> retryAfter(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    if (header.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
    }
    try {
      ZonedDateTime at = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration left = Duration.between(clock.instant(), at.toInstant());
      return left.isNegative() ? Optional.empty() : Optional.of(left);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
