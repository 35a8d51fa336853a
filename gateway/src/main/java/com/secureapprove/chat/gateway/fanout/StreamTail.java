package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.events.EventStreams;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XReadArgs;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Follows one stream from its end on, for this gateway alone, and hands its entries to the shard
/// on the shard's event loop. Goes on where it was after an interruption; where Redis has lost what
/// we had already seen, it starts over and says that something may have been missed.
final class StreamTail {
  private static final Logger LOG = Logger.getLogger(StreamTail.class);
  private static final int COUNT = 500;
  private static final Duration BLOCK = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String START = "0-0";

  private final Vertx vertx;
  private final Context context;
  private final ReactiveStreamCommands<String, String, String> streams;
  private final Shard shard;
  private final String stream;
  private final GatewayMeters meters;
  private @Nullable String position;
  private volatile boolean stopped;

  StreamTail(
      Vertx vertx,
      Context context,
      ReactiveStreamCommands<String, String, String> streams,
      Shard shard,
      GatewayMeters meters) {
    this.vertx = vertx;
    this.context = context;
    this.streams = streams;
    this.shard = shard;
    this.stream = EventStreams.stream(shard.number());
    this.meters = meters;
  }

  void start() {
    context.runOnContext(_ -> findEnd());
  }

  void stop() {
    stopped = true;
  }

  private void findEnd() {
    await(
        streams.xrevrange(stream, StreamRange.of("-", "+"), 1),
        newest -> {
          String end = newest.isEmpty() ? START : newest.getFirst().id();
          String seen = position;
          if (seen == null) {
            position = end;
            shard.startAt(end);
          } else if (EntryId.of(end).compareTo(EntryId.of(seen)) < 0) {
            LOG.warnf("stream_went_back stream=%s end=%s seen=%s", stream, end, seen);
            position = START;
            shard.missed();
          }
          read();
        });
  }

  private void read() {
    await(
        streams.xread(stream, position, new XReadArgs().count(COUNT).block(BLOCK)),
        entries -> {
          for (StreamMessage<String, String, String> entry : entries) {
            position = entry.id();
            shard.entry(entry.id(), entry.payload().getOrDefault(EventStreams.FIELD, ""));
          }
          read();
        });
  }

  private void await(
      Uni<List<StreamMessage<String, String, String>>> answer,
      Consumer<List<StreamMessage<String, String, String>>> next) {
    answer
        .ifNoItem()
        .after(LIMIT)
        .fail()
        .subscribe()
        .with(
            entries -> context.runOnContext(_ -> goOn(() -> next.accept(entries))),
            failure -> context.runOnContext(_ -> interrupted(failure)));
  }

  private void goOn(Runnable next) {
    if (!stopped) {
      next.run();
    }
  }

  private void interrupted(Throwable failure) {
    if (stopped) {
      return;
    }
    meters.tailInterrupted();
    LOG.warnf("stream_interrupted stream=%s reason=%s", stream, failure.getMessage());
    vertx.setTimer(PAUSE.toMillis(), _ -> context.runOnContext(_ -> goOn(this::findEnd)));
  }
}
