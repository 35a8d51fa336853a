package com.secureapprove.chat.gateway.routing;

import com.secureapprove.chat.platform.multipart.PartHeaders;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads a multipart form (RFC 7578) as its bytes arrive. Fields are collected, files are streamed
/// with back-pressure.
///
/// The decoder of Netty is not used, because it changes file names and rejects unknown charsets.
/// Not thread-safe: all calls must come from the event loop of the request.
final class MultipartReader {
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int MAX_FIELD = 64 * 1024;
  private static final int MAX_PARTS = 200;
  private static final int MAX_BOUNDARY_LINE = 256;
  private static final byte[] LINE_END = bytes("\r\n");
  private static final byte[] HEADERS_END = bytes("\r\n\r\n");

  /// Receives the parts of a form, in their order.
  interface Parts {
    /// A field after all its bytes arrived.
    void field(String name, String value);

    /// A file before its bytes. Its stream is paused.
    void file(FileHeaders headers, ReadStream<Buffer> bytes);

    /// The form has ended.
    void end();

    /// The form is not well-formed. No further calls follow.
    void malformed();
  }

  private enum State {
    PREAMBLE,
    BOUNDARY,
    HEADERS,
    FIELD,
    FILE,
    EPILOGUE,
    FAILED
  }

  private final ReadStream<Buffer> body;
  private final Parts parts;
  private final byte[] delimiter;
  private Buffer value = Buffer.buffer();

  /// The bytes that were not read. Starts with a line break, so that the first boundary is like the
  /// others.
  private Buffer pending = Buffer.buffer("\r\n");

  private State state = State.PREAMBLE;
  private PartHeaders headers = PartHeaders.of("");
  private @Nullable PartBytes file;
  private int count;
  private boolean reading;
  private boolean ended;

  /// @param body is paused while a file is paused
  MultipartReader(ReadStream<Buffer> body, String boundary, Parts parts) {
    this.body = body;
    this.parts = parts;
    this.delimiter = bytes("\r\n--" + boundary);
  }

  /// Reads the next bytes of the body.
  void read(Buffer bytes) {
    pending.appendBuffer(bytes);
    proceed();
  }

  /// Ends the body.
  void end() {
    ended = true;
    proceed();
  }

  /// Ends reading. A file that is not complete fails.
  void abort() {
    state = State.FAILED;
    PartBytes current = file;
    file = null;
    if (current != null) {
      current.fail();
    }
  }

  private void proceed() {
    if (reading) {
      return; // a file was resumed by its own handler
    }
    reading = true;
    boolean more = true;
    while (more && !isPaused()) {
      more = step();
    }
    reading = false;
    if (ended && !isPaused() && state != State.FAILED) {
      if (state == State.EPILOGUE) {
        state = State.FAILED;
        parts.end();
      } else {
        fail();
      }
    }
  }

  private boolean isPaused() {
    return file != null && file.paused;
  }

  /// Reads one element. Returns false if more bytes must arrive first.
  private boolean step() {
    return switch (state) {
      case PREAMBLE, FIELD, FILE -> content();
      case BOUNDARY -> boundary();
      case HEADERS -> headers();
      case EPILOGUE, FAILED -> {
        pending = Buffer.buffer();
        yield false;
      }
    };
  }

  private boolean content() {
    int end = indexOf(delimiter);
    if (end == 0) {
      take(delimiter.length);
      endPart();
      return true;
    }
    // The last bytes may be the first ones of a boundary.
    int length = end > 0 ? end : pending.length() - delimiter.length + 1;
    if (length <= 0) {
      return false;
    }
    Buffer bytes = take(length);
    if (state == State.FIELD) {
      value.appendBuffer(bytes);
      return value.length() <= MAX_FIELD ? end > 0 : fail();
    }
    if (file != null) {
      file.deliver(bytes);
    }
    return end > 0;
  }

  private void endPart() {
    PartBytes whole = file;
    file = null;
    boolean isField = state == State.FIELD;
    state = State.BOUNDARY;
    if (isField) {
      parts.field(headers.name(), value.toString(StandardCharsets.UTF_8));
    } else if (whole != null) {
      whole.end();
    }
  }

  /// Reads the end of the line of a boundary: white space, or `--` at the end of the form.
  private boolean boundary() {
    if (pending.length() < 2) {
      return false;
    }
    if (pending.getByte(0) == '-' && pending.getByte(1) == '-') {
      state = State.EPILOGUE;
      return true;
    }
    int end = indexOf(LINE_END);
    if (end < 0) {
      return pending.length() > MAX_BOUNDARY_LINE && fail();
    }
    if (!take(end).toString().isBlank()) {
      return fail();
    }
    state = State.HEADERS; // they start with the line break, so that they may be empty
    return true;
  }

  private boolean headers() {
    int end = indexOf(HEADERS_END);
    if ((end < 0 ? pending.length() : end) > MAX_HEADERS) {
      return fail();
    }
    if (end < 0) {
      return false;
    }
    if (++count > MAX_PARTS) {
      return fail();
    }
    headers = PartHeaders.of(take(end).toString(StandardCharsets.ISO_8859_1));
    take(HEADERS_END.length);
    FileHeaders fileHeaders = FileHeaders.of(headers);
    if (fileHeaders.isFile()) {
      state = State.FILE;
      body.pause();
      PartBytes bytes = new PartBytes();
      file = bytes;
      parts.file(fileHeaders, bytes);
    } else {
      state = State.FIELD;
      value = Buffer.buffer();
    }
    return true;
  }

  private boolean fail() {
    abort();
    parts.malformed();
    return false;
  }

  private Buffer take(int length) {
    Buffer taken = pending.getBuffer(0, length);
    pending = pending.getBuffer(length, pending.length());
    return taken;
  }

  private int indexOf(byte[] wanted) {
    byte[] searched = pending.getBytes();
    for (int at = 0; at + wanted.length <= searched.length; at++) {
      int same = 0;
      while (same < wanted.length && searched[at + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The bytes of a file.
  private final class PartBytes implements ReadStream<Buffer> {
    private boolean paused = true;
    private boolean done;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    @Override
    public PartBytes handler(@Nullable Handler<Buffer> handler) {
      this.handler = handler;
      return this;
    }

    @Override
    public PartBytes endHandler(@Nullable Handler<Void> handler) {
      endHandler = handler;
      return this;
    }

    @Override
    public PartBytes exceptionHandler(@Nullable Handler<Throwable> handler) {
      exceptionHandler = handler;
      return this;
    }

    @Override
    public PartBytes pause() {
      if (!done) {
        paused = true;
        body.pause();
      }
      return this;
    }

    @Override
    public PartBytes resume() {
      if (!done && paused) {
        paused = false;
        proceed();
        if (!isPaused()) {
          body.resume();
        }
      }
      return this;
    }

    @Override
    public PartBytes fetch(long amount) {
      return resume();
    }

    private void deliver(Buffer bytes) {
      if (handler != null) {
        handler.handle(bytes);
      }
    }

    private void end() {
      done = true;
      if (endHandler != null) {
        endHandler.handle(null);
      }
    }

    private void fail() {
      done = true;
      body.resume();
      if (exceptionHandler != null) {
        exceptionHandler.handle(new IllegalStateException("The form ended within a file"));
      }
    }
  }
}
