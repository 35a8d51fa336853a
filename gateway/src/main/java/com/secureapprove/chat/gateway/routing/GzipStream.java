package com.secureapprove.chat.gateway.routing;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// A body that is compressed with gzip (RFC 1952) while it is read.
///
/// Its header has a file name of random length, which clients ignore: the length of the response
/// then says little about what the text has in common with other text in the same body.
final class GzipStream implements ReadStream<Buffer> {
  private static final int MAX_PADDING = 64;
  private static final int LEVEL = 4;
  private static final byte[] HEADER_WITH_NAME = {
    0x1f, (byte) 0x8b, Deflater.DEFLATED, 0x08, 0, 0, 0, 0, 0, (byte) 0xff
  };

  private final ReadStream<Buffer> body;
  private final Deflater deflater = new Deflater(LEVEL, true);
  private final CRC32 checksum = new CRC32();
  private final byte[] chunk = new byte[8192];
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private boolean started;
  private boolean ended;

  GzipStream(ReadStream<Buffer> body) {
    this.body = body;
  }

  @Override
  public GzipStream handler(@Nullable Handler<Buffer> newHandler) {
    handler = newHandler;
    body.handler(newHandler == null ? null : this::compress);
    return this;
  }

  private void compress(Buffer plain) {
    byte[] bytes = plain.getBytes();
    checksum.update(bytes);
    deflater.setInput(bytes);
    emit(drained());
  }

  private Buffer drained() {
    Buffer compressed = Buffer.buffer();
    if (!started) {
      started = true;
      compressed.appendBytes(HEADER_WITH_NAME);
      compressed.appendString(
          "x".repeat(ThreadLocalRandom.current().nextInt(MAX_PADDING)) + "\0", "US-ASCII");
    }
    for (int n = deflater.deflate(chunk); n > 0; n = deflater.deflate(chunk)) {
      compressed.appendBytes(chunk, 0, n);
    }
    return compressed;
  }

  private void emit(Buffer compressed) {
    Handler<Buffer> current = handler;
    if (current != null && compressed.length() > 0) {
      current.handle(compressed);
    }
  }

  private void finish() {
    if (ended) {
      return;
    }
    ended = true;
    deflater.finish();
    Buffer rest = drained();
    rest.appendIntLE((int) checksum.getValue()).appendIntLE((int) deflater.getBytesRead());
    deflater.end();
    emit(rest);
    if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  private void fail(Throwable failure) {
    if (!ended) {
      ended = true;
      deflater.end();
    }
    if (exceptionHandler != null) {
      exceptionHandler.handle(failure);
    }
  }

  @Override
  public GzipStream endHandler(@Nullable Handler<Void> newHandler) {
    endHandler = newHandler;
    body.endHandler(newHandler == null ? null : _ -> finish());
    return this;
  }

  @Override
  public GzipStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
    exceptionHandler = newHandler;
    body.exceptionHandler(newHandler == null ? null : this::fail);
    return this;
  }

  @Override
  public GzipStream pause() {
    body.pause();
    return this;
  }

  @Override
  public GzipStream resume() {
    body.resume();
    return this;
  }

  @Override
  public GzipStream fetch(long amount) {
    body.fetch(amount);
    return this;
  }
}
