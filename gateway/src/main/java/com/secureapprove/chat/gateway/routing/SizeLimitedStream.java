package com.secureapprove.chat.gateway.routing;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/// A body that fails once it exceeds its maximum size.
final class SizeLimitedStream implements ReadStream<Buffer> {

  /// The body exceeds its maximum size.
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("The request is too large", null, false, false);
    }
  }

  private final ReadStream<Buffer> body;
  private final long maxBytes;
  private final Runnable onTooLarge;
  private long received;
  private @Nullable Handler<Throwable> failureHandler;

  /// @param onTooLarge called once before the stream fails
  SizeLimitedStream(ReadStream<Buffer> body, long maxBytes, Runnable onTooLarge) {
    this.body = body;
    this.maxBytes = maxBytes;
    this.onTooLarge = onTooLarge;
  }

  @Override
  public SizeLimitedStream handler(@Nullable Handler<Buffer> handler) {
    body.handler(handler == null ? null : buffer -> pass(buffer, handler));
    return this;
  }

  private void pass(Buffer buffer, Handler<Buffer> handler) {
    boolean withinLimit = received <= maxBytes;
    received += buffer.length();
    if (received <= maxBytes) {
      handler.handle(buffer);
    } else if (withinLimit) {
      onTooLarge.run();
      if (failureHandler != null) {
        failureHandler.handle(new TooLarge());
      }
    }
  }

  @Override
  public SizeLimitedStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    failureHandler = handler;
    body.exceptionHandler(handler);
    return this;
  }

  @Override
  public SizeLimitedStream pause() {
    body.pause();
    return this;
  }

  @Override
  public SizeLimitedStream resume() {
    body.resume();
    return this;
  }

  @Override
  public SizeLimitedStream fetch(long amount) {
    body.fetch(amount);
    return this;
  }

  @Override
  public SizeLimitedStream endHandler(@Nullable Handler<Void> handler) {
    body.endHandler(handler);
    return this;
  }
}
