package com.secureapprove.chat.gateway.eventstream;

import com.secureapprove.chat.gateway.limits.Permits;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XReadArgs;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads the entries of one stream from Redis. The number of concurrent page reads is limited;
/// further ones wait in a bounded queue.
///
/// On the shard's event loop only; futures complete there too.
final class StreamReader {
  private static final int BATCH = 500;
  private static final Duration BLOCK = Duration.ofSeconds(2);
  private static final Duration BLOCKING_READ_TIMEOUT = Duration.ofSeconds(8);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_QUEUED = 2_000;

  private final Vertx vertx;
  private final ReactiveStreamCommands<String, String, String> streams;
  private final EntryDecoder decoder;
  private final String stream;
  private final int pageSize;
  private final Permits<String> permits;

  StreamReader(
      Vertx vertx,
      ReactiveStreamCommands<String, String, String> streams,
      EntryDecoder decoder,
      int shard,
      EventStreamConfig config) {
    this.vertx = vertx;
    this.streams = streams;
    this.decoder = decoder;
    this.stream = RedisKeys.stream(shard);
    this.pageSize = config.page();
    this.permits = new Permits<>(config.readers(), MAX_QUEUED);
  }

  /// Waits up to two seconds for entries after the position; an empty list if there are none.
  Future<List<StreamEntry>> next(EntryId after) {
    return onEventLoop(
            streams.xread(stream, after.toString(), new XReadArgs().count(BATCH).block(BLOCK)),
            BLOCKING_READ_TIMEOUT)
        .map(this::decode);
  }

  /// A page of entries after the position, oldest first; empty if the stream no longer holds the
  /// position's entry. Fails if Redis does not answer or the queue is full.
  Future<Optional<List<StreamEntry>>> after(StreamPosition position) {
    String id = position.entry().toString();
    return limited(() ->
        onEventLoop(streams.xrange(stream, StreamRange.of(id, "+"), pageSize + 1), READ_TIMEOUT)
            .map(found ->
                startsAt(position, found)
                    ? Optional.of(decode(found.subList(1, found.size())))
                    : Optional.empty()));
  }

  /// Whether the stream still holds the position's entry.
  Future<Boolean> holds(StreamPosition position) {
    String id = position.entry().toString();
    return onEventLoop(streams.xrange(stream, StreamRange.of(id, id), 1), READ_TIMEOUT)
        .map(found -> startsAt(position, found));
  }

  /// The newest entries, oldest first.
  Future<List<StreamEntry>> newest(int count) {
    return onEventLoop(streams.xrevrange(stream, StreamRange.of("+", "-"), count), READ_TIMEOUT)
        .map(found -> decode(found.reversed()));
  }

  private boolean startsAt(
      StreamPosition position, List<StreamMessage<String, String, String>> found) {
    return !found.isEmpty() && decoder.decode(found.getFirst()).position().equals(position);
  }

  private List<StreamEntry> decode(List<StreamMessage<String, String, String>> messages) {
    return messages.stream().map(decoder::decode).toList();
  }

  private <T> Future<T> limited(Supplier<Future<T>> read) {
    Promise<T> done = Promise.promise();
    if (!permits.run(stream, () -> read.get().onComplete(done))) {
      done.fail("too many queued reads of " + stream);
    }
    return done.future();
  }

  private <T> Future<T> onEventLoop(Uni<T> read, Duration timeout) {
    Context context = vertx.getOrCreateContext();
    return UniHelper.toFuture(
        read.ifNoItem()
            .after(timeout)
            .fail()
            .emitOn(command -> context.runOnContext(_ -> command.run())));
  }
}
