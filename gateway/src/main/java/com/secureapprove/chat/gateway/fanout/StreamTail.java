package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.events.EventStreams;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.XReadArgs;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Follows one stream for this gateway alone, and hands its entries to the shard on the shard's
/// event loop.
///
/// After an interruption, and whenever nothing has come for a while, it looks whether the last
/// entry that it has seen is still there. If not, Redis has lost it, or has moved on further than
/// it keeps: the tail then begins anew at the end and the shard is told that entries may have been
/// missed.
///
/// On that event loop only, except [#stop].
final class StreamTail {
  private static final Logger LOG = Logger.getLogger(StreamTail.class);
  private static final int COUNT = 500;
  private static final Duration BLOCK = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Vertx vertx;
  private final ReactiveStreamCommands<String, String, String> streams;
  private final StreamPages pages;
  private final EntryReader reader;
  private final Shard shard;
  private final StreamHistory known;
  private final String stream;
  private final int preloaded;
  private final GatewayMeters meters;
  private volatile boolean stopped;

  StreamTail(
      Vertx vertx,
      Shard shard,
      StreamHistory known,
      ReactiveStreamCommands<String, String, String> streams,
      StreamPages pages,
      EntryReader reader,
      ResumeConfig config,
      GatewayMeters meters) {
    this.vertx = vertx;
    this.streams = streams;
    this.pages = pages;
    this.reader = reader;
    this.shard = shard;
    this.known = known;
    this.stream = EventStreams.stream(known.shard());
    this.preloaded = config.entriesInMemory();
    this.meters = meters;
  }

  void start() {
    follow();
  }

  void stop() {
    stopped = true;
  }

  private void follow() {
    then(findPlace(), _ -> read());
  }

  private void read() {
    then(
        next(),
        entries -> {
          entries.forEach(entry -> shard.entry(reader.read(entry)));
          if (entries.isEmpty()) {
            follow();
          } else {
            read();
          }
        });
  }

  private <T> void then(Future<T> step, Consumer<T> next) {
    step.onComplete(result -> {
      if (stopped) {
        return;
      }
      if (result.succeeded()) {
        next.accept(result.result());
      } else {
        meters.tailInterrupted();
        LOG.warnf("stream_interrupted stream=%s reason=%s", stream, result.cause());
        vertx.setTimer(PAUSE.toMillis(), _ -> follow());
      }
    });
  }

  private Future<Void> findPlace() {
    StreamPosition seen = known.end();
    if (seen == null) {
      return begin();
    }
    if (seen.isBeginning()) {
      return Future.succeededFuture();
    }
    return pages
        .holds(seen)
        .compose(holds -> {
          if (holds) {
            return Future.succeededFuture();
          }
          LOG.warnf("stream_lost_what_was_seen stream=%s seen=%s", stream, seen);
          return begin();
        });
  }

  private Future<Void> begin() {
    return pages
        .newest(preloaded)
        .map(entries -> {
          shard.begin(entries);
          return null;
        });
  }

  private Future<List<StreamMessage<String, String, String>>> next() {
    Promise<List<StreamMessage<String, String, String>>> answer = Promise.promise();
    Context context = vertx.getOrCreateContext();
    StreamPosition seen = known.end();
    streams
        .xread(stream, idOf(seen), new XReadArgs().count(COUNT).block(BLOCK))
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .subscribe()
        .with(
            entries -> context.runOnContext(_ -> answer.complete(entries)),
            failure -> context.runOnContext(_ -> answer.fail(failure)));
    return answer.future();
  }

  private static String idOf(@Nullable StreamPosition position) {
    return (position == null ? EntryId.ZERO : position.entry()).toString();
  }
}
