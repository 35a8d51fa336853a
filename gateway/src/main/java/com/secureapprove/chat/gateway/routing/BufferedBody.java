package com.secureapprove.chat.gateway.routing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;

/// A body that is small enough to be waited for before a part is called, so that a client that is
/// slow in sending it holds no place at the part, and is not taken for a part that is slow.
final class BufferedBody {
  /// A message of the longest content, written as wastefully as JSON allows, is smaller.
  static final long MOST = 64L << 10;

  /// It did not come in time.
  static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooSlow() {
      super("The request's body did not come in time", null, false, false);
    }
  }

  private BufferedBody() {}

  /// Whether the request says that it brings one.
  static boolean isOf(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length != null && Long.parseLong(length) <= MOST;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// Whether the request brings a body that is larger, or does not say how large it is.
  static boolean isOutgrownBy(HttpServerRequest request) {
    boolean hasBody =
        request.headers().contains("Content-Length")
            || request.headers().contains("Transfer-Encoding");
    return hasBody && !isOf(request);
  }

  /// The body as a whole; fails with [TooSlow] where it does not come in time.
  static Future<Buffer> whole(ReadStream<Buffer> body, Duration within, Vertx vertx) {
    Promise<Buffer> whole = Promise.promise();
    Buffer gathered = Buffer.buffer();
    long timer = vertx.setTimer(within.toMillis(), _ -> whole.tryFail(new TooSlow()));
    body.exceptionHandler(whole::tryFail);
    body.endHandler(_ -> whole.tryComplete(gathered));
    body.handler(gathered::appendBuffer);
    body.resume();
    return whole.future().onComplete(_ -> vertx.cancelTimer(timer));
  }
}
