package com.secureapprove.chat.gateway.routing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;

/// Buffers small request bodies before an upstream is called. A client that sends slowly then holds
/// no permit of the upstream, and its delay does not count as the upstream's.
final class BufferedBody {
  /// The largest JSON encoding of a message is smaller.
  static final long MAX_BYTES = 64L << 10;

  /// The client did not send the body in time.
  static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooSlow() {
      super("The client did not send the request body in time", null, false, false);
    }
  }

  private BufferedBody() {}

  /// Whether the request declares a body that is small enough.
  static boolean fits(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length != null && Long.parseLong(length) <= MAX_BYTES;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// Whether the request has a body that is larger, or of unknown length.
  static boolean isExceeded(HttpServerRequest request) {
    boolean hasBody =
        request.headers().contains("Content-Length")
            || request.headers().contains("Transfer-Encoding");
    return hasBody && !fits(request);
  }

  /// Reads the whole body. Fails with [TooSlow] after the timeout.
  static Future<Buffer> read(ReadStream<Buffer> body, Duration timeout, Vertx vertx) {
    Promise<Buffer> result = Promise.promise();
    Buffer received = Buffer.buffer();
    long timer = vertx.setTimer(timeout.toMillis(), _ -> result.tryFail(new TooSlow()));
    body.exceptionHandler(result::tryFail);
    body.endHandler(_ -> result.tryComplete(received));
    body.handler(received::appendBuffer);
    body.resume();
    return result.future().onComplete(_ -> vertx.cancelTimer(timer));
  }
}
