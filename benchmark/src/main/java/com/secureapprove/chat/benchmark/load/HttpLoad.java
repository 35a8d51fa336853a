package com.secureapprove.chat.benchmark.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// Sends HTTP requests to one server and counts failures.
public final class HttpLoad implements AutoCloseable {
  private static final int CONNECTIONS = 256;
  private static final int FAILED = 300;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client;
  private final URI server;

  /// A request.
  ///
  /// @param path with the query
  /// @param type the media type of the body; null without one
  public record Call(
      HttpMethod method,
      String path,
      @Nullable String token,
      @Nullable String type,
      @Nullable Buffer body) {

    /// Reads something.
    public static Call get(String path, @Nullable String token) {
      return new Call(HttpMethod.GET, path, token, null, null);
    }

    /// Sends JSON.
    public static Call post(String path, String token, String json) {
      return new Call(HttpMethod.POST, path, token, "application/json", Buffer.buffer(json));
    }
  }

  /// What a stretch of requests gave.
  ///
  /// @param bytes of all response bodies
  /// @param latency in nanoseconds
  public record Requests(
      double seconds, long succeeded, long failed, String failure, long bytes, Histogram latency) {

    /// Successful requests a second.
    public double perSecond() {
      return succeeded / seconds;
    }

    /// A percentile of the latency, in milliseconds.
    public double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }
  }

  /// @param server its address
  public HttpLoad(Vertx vertx, URI server) {
    this.server = server;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setIdleTimeout(30),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /// Sends one request. Completes with the number of bytes of the body, which is read and dropped.
  public Future<Long> send(Call call) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(call.method())
            .setHost(server.getHost())
            .setPort(server.getPort())
            .setURI(call.path())
            .setTimeout(TIMEOUT.toMillis());
    if (call.token() != null) {
      options.putHeader("Authorization", "Bearer " + call.token());
    }
    if (call.type() != null) {
      options.putHeader("Content-Type", call.type());
    }
    return client
        .request(options)
        .compose(request -> call.body() == null ? request.send() : request.send(call.body()))
        .compose(response -> read(call, response));
  }

  private static Future<Long> read(Call call, HttpClientResponse response) {
    long[] bytes = {0};
    response.handler(part -> bytes[0] += part.length());
    return response
        .end()
        .compose(_ ->
            response.statusCode() < FAILED
                ? Future.succeededFuture(bytes[0])
                : Future.failedFuture(
                    "%s %s: %d".formatted(call.method(), call.path(), response.statusCode())));
  }

  /// Keeps some requests in flight until the time is over, and waits for the last ones.
  ///
  /// @param next makes the `n`th request
  public Requests closedLoop(int inFlight, Duration time, LongFunction<Call> next)
      throws InterruptedException {
    return new ClosedLoop(time, Long.MAX_VALUE, next).run(inFlight);
  }

  /// Sends a fixed number of requests, some at a time.
  public Requests times(int inFlight, long count, LongFunction<Call> next)
      throws InterruptedException {
    return new ClosedLoop(Duration.ofMinutes(10), count, next).run(inFlight);
  }

  private final class ClosedLoop {
    private final LongFunction<Call> next;
    private final long begin = System.nanoTime();
    private final long end;
    private final long limit;
    private final Recorder latency = new Recorder(3);
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<String> failure = new AtomicReference<>("");

    ClosedLoop(Duration time, long limit, LongFunction<Call> next) {
      this.next = next;
      this.limit = limit;
      this.end = begin + time.toNanos();
    }

    Requests run(int inFlight) throws InterruptedException {
      CountDownLatch running = new CountDownLatch(inFlight);
      for (int i = 0; i < inFlight; i++) {
        startNext(running);
      }
      if (!running.await(20, TimeUnit.MINUTES)) {
        throw new IllegalStateException("requests did not end");
      }
      return new Requests(
          (System.nanoTime() - begin) / 1e9,
          succeeded.get(),
          failed.get(),
          Objects.requireNonNull(failure.get()),
          bytes.get(),
          latency.getIntervalHistogram());
    }

    private void startNext(CountDownLatch running) {
      long n = started.getAndIncrement();
      if (n >= limit || System.nanoTime() >= end) {
        running.countDown();
        return;
      }
      long since = System.nanoTime();
      send(next.apply(n))
          .onComplete(done -> {
            if (done.succeeded()) {
              latency.recordValue(System.nanoTime() - since);
              succeeded.incrementAndGet();
              bytes.addAndGet(done.result());
            } else {
              failed.incrementAndGet();
              failure.compareAndSet("", String.valueOf(done.cause().getMessage()));
            }
            startNext(running);
          });
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
