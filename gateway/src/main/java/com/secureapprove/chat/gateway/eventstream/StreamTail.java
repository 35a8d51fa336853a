package com.secureapprove.chat.gateway.eventstream;

import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.outage.Backoff;
import com.secureapprove.chat.platform.problem.Dependencies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Follows one stream without a consumer group: every gateway receives every entry.
///
/// 1. Reads the newest entries and reports a restart.
/// 2. Waits for the next entries and reports each of them.
/// 3. After a failure or an idle read, checks that the stream still holds the last entry. If not,
///    entries were lost or trimmed, so the tail starts again with step 1.
///
/// On the shard's event loop only, except [#stop].
public final class StreamTail {
  private static final Logger LOG = Logger.getLogger(StreamTail.class);

  /// Receives the entries of a stream in order, on the shard's event loop.
  public interface Listener {
    /// The tail starts at the end of the stream. Entries before may have been missed.
    ///
    /// @param newest the newest entries, oldest first
    void onRestart(List<StreamEntry> newest);

    void onEntry(StreamEntry entry);

    /// A read has failed. The tail tries again.
    void onInterruption();
  }

  private final Vertx vertx;
  private final StreamReader reader;
  private final StreamHistory history;
  private final String stream;
  private final int preloaded;
  private final GatewayMeters meters;
  private final Dependencies dependencies;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(3));
  private volatile boolean stopped;
  private volatile long lastRead = System.nanoTime();

  StreamTail(
      Vertx vertx,
      StreamReader reader,
      StreamHistory history,
      String stream,
      int preloaded,
      GatewayMeters meters,
      Dependencies dependencies) {
    this.vertx = vertx;
    this.reader = reader;
    this.history = history;
    this.stream = stream;
    this.preloaded = preloaded;
    this.meters = meters;
    this.dependencies = dependencies;
    meters.tail(
        () -> stopped ? 0 : Duration.ofNanos(System.nanoTime() - lastRead).toMillis() / 1000.0);
  }

  /// The history of this stream. The listener appends each entry to it after delivery.
  public StreamHistory history() {
    return history;
  }

  /// Starts to follow the stream.
  public void follow(Listener listener) {
    then(findPosition(listener), listener, _ -> read(listener));
  }

  /// Stops to follow the stream. On any thread.
  public void stop() {
    stopped = true;
  }

  private void read(Listener listener) {
    then(
        reader.next(idOf(history.end())),
        listener,
        entries -> {
          entries.forEach(listener::onEntry);
          if (entries.isEmpty()) {
            follow(listener);
          } else {
            read(listener);
          }
        });
  }

  private <T> void then(Future<T> step, Listener listener, Consumer<T> next) {
    step.onComplete(result -> {
      if (stopped) {
        return;
      }
      if (result.succeeded()) {
        lastRead = System.nanoTime();
        dependencies.answered(Dependencies.REDIS);
        backoff.reset();
        next.accept(result.result());
      } else {
        meters.tailInterrupted();
        listener.onInterruption();
        dependencies.failed(Dependencies.REDIS, result.cause());
        vertx.setTimer(backoff.next().toMillis(), _ -> follow(listener));
      }
    });
  }

  private Future<Void> findPosition(Listener listener) {
    StreamPosition last = history.end();
    if (last == null) {
      return restart(listener);
    }
    if (last.isBeginning()) {
      return Future.succeededFuture();
    }
    return reader
        .holds(last)
        .compose(holds -> {
          if (holds) {
            return Future.succeededFuture();
          }
          LOG.warnf("stream_entries_lost stream=%s last=%s", stream, last);
          return restart(listener);
        });
  }

  private Future<Void> restart(Listener listener) {
    return reader
        .newest(preloaded)
        .map(newest -> {
          listener.onRestart(newest);
          return null;
        });
  }

  private static EntryId idOf(@Nullable StreamPosition position) {
    return position == null ? EntryId.ZERO : position.entry();
  }
}
