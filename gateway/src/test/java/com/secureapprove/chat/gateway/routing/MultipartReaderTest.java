package com.secureapprove.chat.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MultipartReaderTest {
  private static final String FORM =
      """
      preamble --edge\r
      --edge  \r
      Content-Disposition: form-data; name="content"\r
      \r
      a\r
      --edg\r
      e\r
      --edge\r
      Content-Disposition: form-data; name="f"; filename="1"\r
      Content-Type: text/plain\r
      \r
      one\r\r
      --\r
      --edge\r
      Content-Disposition: form-data; name="f"; filename="2"\r
      \r
      \r
      --edge\r
      \r
      without headers\r
      --edge--\r
      epilogue\r
      """;
  private static final List<String> EVENTS =
      List.of(
          "content=a\r\n--edg\r\ne",
          "file 1",
          "one\r\r\n--",
          "end",
          "file 2",
          "",
          "end",
          "=without headers",
          "complete");

  @Test
  void theResultDoesNotDependOnTheChunks() {
    Buffer form = Buffer.buffer(FORM);
    Random random = new Random(1);
    for (int size = 1; size <= form.length(); size += size < 40 ? 1 : 37) {
      Events events = new Events(random);
      for (int at = 0; at < form.length(); at += size) {
        events.body.send(form.getBuffer(at, Math.min(form.length(), at + size)));
      }
      events.body.end();
      while (events.resumeOne()) {}
      assertThat(events.seen).as("chunks of %d bytes", size).isEqualTo(EVENTS);
    }
  }

  @Test
  void aFileThatDoesNotEndFails() {
    Events events = new Events(new Random(1));
    events.body.send(Buffer.buffer(FORM).getBuffer(0, FORM.indexOf("one") + 2));
    events.body.end();
    while (events.resumeOne()) {}
    assertThat(events.seen).contains("failed", "malformed").doesNotContain("end", "complete");
  }

  /// Records the parts. Pauses and resumes files at random, as a slow receiver does.
  private static final class Events implements MultipartReader.Parts {
    final List<String> seen = new ArrayList<>();
    final Body body = new Body();
    private final Random random;
    private final MultipartReader reader = new MultipartReader(body, "edge", this);
    private Buffer received = Buffer.buffer();
    private @Nullable ReadStream<Buffer> paused;

    Events(Random random) {
      this.random = random;
      body.handler(reader::read);
      body.endHandler(_ -> reader.end());
    }

    boolean resumeOne() {
      ReadStream<Buffer> file = paused;
      paused = null;
      if (file == null) {
        return false;
      }
      file.resume();
      return true;
    }

    @Override
    public void field(String name, String value) {
      seen.add(name + "=" + value);
    }

    @Override
    public void file(FileHeaders headers, ReadStream<Buffer> bytes) {
      seen.add("file " + headers.names().getFirst().value());
      received = Buffer.buffer();
      bytes.exceptionHandler(_ -> seen.add("failed"));
      bytes.endHandler(_ -> {
        seen.add(received.toString());
        seen.add("end");
      });
      bytes.handler(chunk -> {
        received.appendBuffer(chunk);
        if (random.nextBoolean()) {
          bytes.pause();
          paused = bytes;
        }
      });
      paused = bytes;
    }

    @Override
    public void end() {
      seen.add("complete");
    }

    @Override
    public void malformed() {
      seen.add("malformed");
    }
  }

  /// A body that keeps its chunks while it is paused, like a request.
  private static final class Body implements ReadStream<Buffer> {
    private final List<Buffer> queued = new ArrayList<>();
    private boolean paused;
    private boolean ended;
    private boolean endSent;
    private Handler<Buffer> handler = _ -> {};
    private Handler<Void> endHandler = _ -> {};

    void send(Buffer chunk) {
      queued.add(chunk);
      drain();
    }

    void end() {
      ended = true;
      drain();
    }

    private void drain() {
      while (!paused && !queued.isEmpty()) {
        handler.handle(queued.removeFirst());
      }
      if (!paused && ended && !endSent) {
        endSent = true;
        endHandler.handle(null);
      }
    }

    @Override
    public Body handler(@Nullable Handler<Buffer> handler) {
      this.handler = handler == null ? _ -> {} : handler;
      return this;
    }

    @Override
    public Body endHandler(@Nullable Handler<Void> handler) {
      this.endHandler = handler == null ? _ -> {} : handler;
      return this;
    }

    @Override
    public Body exceptionHandler(@Nullable Handler<Throwable> handler) {
      return this;
    }

    @Override
    public Body pause() {
      paused = true;
      return this;
    }

    @Override
    public Body resume() {
      paused = false;
      drain();
      return this;
    }

    @Override
    public Body fetch(long amount) {
      return resume();
    }
  }
}
