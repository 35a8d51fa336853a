package com.secureapprove.chat.gateway.eventstream;

import com.secureapprove.chat.gateway.limits.FairPermits;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XReadArgs;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads the entries of one stream from Redis. The number of concurrent page reads is limited, to
/// one for each person; further ones wait in a bounded queue, in which people take turns.
///
/// On the shard's event loop only; futures complete there too.
final class StreamReader {
  private static final int BATCH = 500;
  private static final Duration BLOCK = Duration.ofSeconds(2);
  private static final Duration BLOCKING_READ_TIMEOUT = Duration.ofSeconds(8);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration WAITING = Duration.ofSeconds(30);
  private static final int MAX_QUEUED = 2_000;
  private static final int MAX_QUEUED_PER_PERSON = 100;

  private final Vertx vertx;
  private final ReactiveStreamCommands<String, String, String> streams;
  private final EntryDecoder decoder;
  private final String stream;
  private final int pageSize;
  private final FairPermits permits;

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
    int readers = config.readers();
    this.permits =
        new FairPermits(
            vertx, new FairPermits.Size(readers, readers, 1, MAX_QUEUED, MAX_QUEUED_PER_PERSON));
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
  ///
  /// @param share the person for whom it is read
  Future<Optional<List<StreamEntry>>> after(StreamPosition position, Share share) {
    String id = position.entry().toString();
    return limited(
        share,
        () ->
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

  private <T> Future<T> limited(Share share, Supplier<Future<T>> read) {
    return permits
        .acquire(share, WAITING)
        .compose(permit -> read.get().onComplete(_ -> permit.release()));
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
