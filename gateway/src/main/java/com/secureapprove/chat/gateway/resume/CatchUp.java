package com.secureapprove.chat.gateway.resume;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.delivery.AddressedFrame;
import com.secureapprove.chat.gateway.delivery.AddressedFrames;
import com.secureapprove.chat.gateway.delivery.Delivery;
import com.secureapprove.chat.gateway.eventstream.StreamEntry;
import com.secureapprove.chat.gateway.eventstream.StreamHistory;
import com.secureapprove.chat.gateway.eventstream.StreamPosition;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings a new connection up to the live delivery:
///
/// 1. Greets the client with the position from which it continues.
/// 2. Reads all missed events, from memory or from Redis. Only the complete list shows the
///    conversations of the person during that time.
/// 3. Writes the frames that concern the person, with back-pressure.
/// 4. Repeats from step 2 until it has reached the live position, and hands the connection over.
///
/// If the position is invalid, entries were lost, a limit is exceeded or the person's connections
/// have caused too many reads from Redis, the client gets a resync instead.
///
/// On the shard's event loop only.
public final class CatchUp {
  private static final Duration RETRY_DELAY = Duration.ofMillis(20);

  /// How long to wait for the first read of the stream after the start of the gateway.
  private static final Duration STREAM_TIMEOUT = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final LiveFeed feed;
  private final StreamHistory stream;
  private final Delivery delivery;
  private final ResumeConfig config;
  private final RateLimits limits;
  private final GatewayMeters meters;
  private final Connection connection;
  private final @Nullable String lastEventId;
  private final MissedEvents missed;
  private final long startedAt = System.nanoTime();
  private int restarts;
  private String outcome = "memory";
  private boolean eventsLost;
  private boolean stopped;

  /// The position up to which frames were written.
  private @Nullable StreamPosition written;

  /// The position up to which missed events were read.
  private @Nullable StreamPosition read;

  /// @param lastEventId the resume position that the client sent; null for a new client
  public CatchUp(
      Vertx vertx,
      LiveFeed feed,
      StreamHistory stream,
      Delivery delivery,
      ResumeConfig config,
      RateLimits limits,
      GatewayMeters meters,
      Connection connection,
      @Nullable String lastEventId) {
    this.vertx = vertx;
    this.feed = feed;
    this.stream = stream;
    this.delivery = delivery;
    this.config = config;
    this.limits = limits;
    this.meters = meters;
    this.connection = connection;
    this.lastEventId = lastEventId;
    this.missed = new MissedEvents(connection.tenant(), connection.userId(), config);
  }

  /// The position up to which the client has received everything.
  public @Nullable StreamPosition position() {
    return written;
  }

  /// Stops, because the connection is closed.
  public void stop() {
    stopped = true;
    missed.clear();
  }

  /// Notes that events for this person were lost, so that the client must resync.
  public void eventsLost() {
    eventsLost = true;
  }

  /// Starts. The memberships of the person must be loaded.
  public void start() {
    if (stopped) {
      return;
    }
    if (stream.end() == null && isWithin(STREAM_TIMEOUT)) {
      retryLater(this::start);
      return;
    }
    if (lastEventId == null) {
      eventsLost = false; // the client loads its state after the greeting
      resumeFrom(feed.position());
      return;
    }
    Optional<StreamPosition> requested =
        StreamPosition.parse(lastEventId).filter(position -> position.shard() == stream.shard());
    if (requested.isEmpty() || stream.end() == null) {
      resync();
    } else if (stream.isInMemory(requested.get())) {
      resumeFrom(requested.get());
    } else {
      resumeFromRedis(requested.get());
    }
  }

  private void resumeFromRedis(StreamPosition requested) {
    pageAfter(requested)
        .onComplete(page -> {
          if (stopped) {
            return;
          }
          if (page.succeeded() && page.result().isPresent()) {
            resumeFrom(requested);
          } else {
            resync();
          }
        });
  }

  private void resumeFrom(@Nullable StreamPosition position) {
    restarts = stream.restarts();
    written = position;
    read = position;
    delivery.greet(connection, position);
    proceed();
  }

  private void resync() {
    eventsLost = true;
    resumeFrom(feed.position());
  }

  private void proceed() {
    if (stopped) {
      return;
    }
    StreamPosition end = feed.position();
    if (eventsLost || restarts != stream.restarts() || missed.exceedLimits()) {
      missed.clear();
      delivery.resync(connection, end);
      finish("resync");
    } else if (end != null && read != null && !end.equals(read)) {
      read(read, end);
    } else if (!missed.isEmpty()) {
      write();
    } else {
      finish(outcome);
    }
  }

  private void finish(String how) {
    if (lastEventId != null) {
      meters.resumed(how);
    }
    feed.goLive(connection);
  }

  private void read(StreamPosition from, StreamPosition end) {
    if (end.isBefore(from)) {
      // the client comes from a gateway that is ahead; wait, to deliver nothing twice
      retryLater(this::proceed);
    } else if (stream.isInMemory(from)) {
      stream.between(from, end).forEach(missed::add);
      read = end;
      proceed();
    } else {
      readPage(from, end);
    }
  }

  private void readPage(StreamPosition from, StreamPosition end) {
    outcome = "stream";
    pageAfter(from)
        .onComplete(answer -> {
          List<StreamEntry> page =
              answer.succeeded() ? answer.result().orElse(List.of()) : List.of();
          if (page.isEmpty()) {
            eventsLost = true;
          }
          for (StreamEntry entry : page) {
            if (end.isBefore(entry.position())) {
              break;
            }
            missed.add(entry);
            read = entry.position();
          }
          proceed();
        });
  }

  private Future<Optional<List<StreamEntry>>> pageAfter(StreamPosition position) {
    Share share = connection.caller().share();
    return limits.takeLocally(Limit.MISSED_EVENTS, share).isZero()
        ? stream.pageAfter(position, share)
        : Future.failedFuture("too many reads of missed events");
  }

  private void write() {
    while (!missed.isEmpty() && !eventsLost) {
      if (connection.hasBacklog()) {
        if (isWithin(config.limit())) {
          retryLater(this::proceed);
        } else {
          connection.close(CloseCause.TOO_SLOW);
        }
        return;
      }
      StreamEntry entry = missed.removeFirst();
      write(entry.position(), Objects.requireNonNull(entry.event()));
      written = entry.position();
    }
    proceed();
  }

  private void write(StreamPosition position, EventEnvelope event) {
    String person = connection.userId();
    if (!feed.canDecide(person, position, event)) {
      eventsLost = true;
      return;
    }
    for (AddressedFrame addressed : AddressedFrames.of(event, position.toString())) {
      if (missed.concern(event, addressed, conversation -> feed.isIn(conversation, person))) {
        delivery.write(event, addressed, delivery.encode(addressed.frame()), connection);
      }
    }
  }

  private boolean isWithin(Duration limit) {
    return System.nanoTime() - startedAt < limit.toNanos();
  }

  private void retryLater(Runnable work) {
    vertx.setTimer(RETRY_DELAY.toMillis(), _ -> work.run());
  }
}
