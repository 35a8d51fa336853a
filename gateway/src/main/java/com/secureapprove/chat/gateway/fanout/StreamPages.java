package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.platform.events.EventStreams;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;

/// Reads one stream's entries page by page, a few readers at a time.
///
/// On one event loop only, where the answers come too.
final class StreamPages {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_QUEUED = 2_000;

  private final Vertx vertx;
  private final ReactiveStreamCommands<String, String, String> streams;
  private final EntryReader reader;
  private final String stream;
  private final int size;
  private final int mostReaders;
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private int readers;

  StreamPages(
      Vertx vertx,
      ReactiveStreamCommands<String, String, String> streams,
      EntryReader reader,
      int shard,
      ResumeConfig config) {
    this.vertx = vertx;
    this.streams = streams;
    this.reader = reader;
    this.stream = EventStreams.stream(shard);
    this.size = config.page();
    this.mostReaders = config.readers();
  }

  /// The entries that came after that position, oldest first, as many as a page holds; nothing
  /// where the stream does not have that very entry any more. Fails where Redis does not answer.
  Future<Optional<List<StreamEntry>>> after(StreamPosition position) {
    return inTurn(() ->
        ask(streams.xrange(stream, StreamRange.of(position.entry().toString(), "+"), size + 1))
            .map(found ->
                found.isEmpty() || !reader.read(found.getFirst()).position().equals(position)
                    ? Optional.<List<StreamEntry>>empty()
                    : Optional.of(read(found.subList(1, found.size())))));
  }

  /// Whether the stream still has that very entry.
  Future<Boolean> holds(StreamPosition position) {
    String id = position.entry().toString();
    return ask(streams.xrange(stream, StreamRange.of(id, id), 1))
        .map(
            found -> !found.isEmpty() && reader.read(found.getFirst()).position().equals(position));
  }

  /// The newest entries, oldest first.
  Future<List<StreamEntry>> newest(int count) {
    return ask(streams.xrevrange(stream, StreamRange.of("+", "-"), count))
        .map(found -> {
          List<StreamMessage<String, String, String>> turned = new ArrayList<>(found);
          Collections.reverse(turned);
          return read(turned);
        });
  }

  private List<StreamEntry> read(List<StreamMessage<String, String, String>> messages) {
    return messages.stream().map(reader::read).toList();
  }

  private <T> Future<T> inTurn(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    Runnable begin =
        () -> {
          readers++;
          work.get()
              .onComplete(result -> {
                readers--;
                Runnable next = queue.poll();
                if (next != null) {
                  next.run();
                }
                done.handle(result);
              });
        };
    if (readers < mostReaders) {
      begin.run();
    } else if (queue.size() < MOST_QUEUED) {
      queue.add(begin);
    } else {
      done.fail("too many want to read at once");
    }
    return done.future();
  }

  private <T> Future<T> ask(Uni<T> question) {
    Context context = vertx.getOrCreateContext();
    Promise<T> answer = Promise.promise();
    question
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .subscribe()
        .with(
            found -> context.runOnContext(_ -> answer.complete(found)),
            failure -> context.runOnContext(_ -> answer.fail(failure)));
    return answer.future();
  }
}
