package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A session on its way to hearing of everything as it comes: it is greeted, given what it has
/// missed, and becomes live at the very entry up to which everybody else has got everything. Where
/// what it missed is not there any more, or too much, it is told so instead.
///
/// What was missed is gathered up to the present before any of it is written, because only the
/// whole tells who was where in between.
///
/// On the audience's thread only.
final class CatchUp {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /// How long the stream may be unknown, just after the start, before a session goes without.
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final TenantAudience audience;
  private final StreamHistory stream;
  private final Delivery delivery;
  private final ResumeConfig config;
  private final GatewayMeters meters;
  private final Subscriber person;
  private final Connection connection;
  private final @Nullable String lastEventId;
  private final PastMemberships past;
  private final Deque<StreamEntry> missed = new ArrayDeque<>();

  /// A stream may hold an event twice: what Redis lost and was appended again can come back with
  /// the next start, where a transaction in its file was cut in half.
  private final Set<UUID> given = new HashSet<>();

  private final long begunAt = System.nanoTime();
  private int beginnings;
  private int gathered;
  private long missedBytes;
  private String outcome = "memory";
  private boolean lost;
  private boolean stopped;

  /// Up to where the session has got everything, and up to where that is gathered.
  private @Nullable StreamPosition written;

  private @Nullable StreamPosition reached;

  /// @param lastEventId where the client says that it stands; null where it begins
  CatchUp(
      Vertx vertx,
      TenantAudience audience,
      StreamHistory stream,
      Delivery delivery,
      ResumeConfig config,
      GatewayMeters meters,
      Subscriber person,
      Connection connection,
      @Nullable String lastEventId) {
    this.vertx = vertx;
    this.audience = audience;
    this.stream = stream;
    this.delivery = delivery;
    this.config = config;
    this.meters = meters;
    this.person = person;
    this.connection = connection;
    this.lastEventId = lastEventId;
    this.past = new PastMemberships(connection.userId());
  }

  Connection connection() {
    return connection;
  }

  /// Where the session stands: it has got everything up to here.
  @Nullable StreamPosition position() {
    return written;
  }

  /// The session is over.
  void stop() {
    stopped = true;
    missed.clear();
  }

  /// Something that it should have got is not to be had.
  void lose() {
    lost = true;
  }

  /// It is known in which conversations the person is.
  void begin() {
    if (stopped) {
      return;
    }
    if (stream.end() == null && isWithin(PATIENCE)) {
      later(this::begin);
      return;
    }
    if (lastEventId == null) {
      lost = false; // nothing was told yet
      resume(audience.position());
      return;
    }
    Optional<StreamPosition> asked =
        StreamPosition.parse(lastEventId).filter(position -> position.shard() == stream.shard());
    if (asked.isEmpty() || stream.end() == null) {
      startOver();
    } else if (stream.remembers(asked.get())) {
      resume(asked.get());
    } else {
      resumeFromRedis(asked.get());
    }
  }

  private void resumeFromRedis(StreamPosition asked) {
    stream
        .pageAfter(asked)
        .onComplete(page -> {
          if (stopped) {
            return;
          }
          if (page.succeeded() && page.result().isPresent()) {
            resume(asked);
          } else {
            startOver();
          }
        });
  }

  private void resume(@Nullable StreamPosition from) {
    beginnings = stream.beginnings();
    written = from;
    reached = from;
    delivery.greet(connection, from);
    goOn();
  }

  private void startOver() {
    lost = true;
    resume(audience.position());
  }

  private void goOn() {
    if (stopped) {
      return;
    }
    StreamPosition end = audience.position();
    if (lost || beginnings != stream.beginnings() || isTooMuch()) {
      missed.clear();
      delivery.resync(connection, end);
      finish("resync");
    } else if (end != null && reached != null && !end.equals(reached)) {
      gather(reached, end);
    } else if (!missed.isEmpty()) {
      write();
    } else {
      finish(outcome);
    }
  }

  private boolean isTooMuch() {
    return gathered > config.mostEntries() || missedBytes > config.mostBytes().asLongValue();
  }

  private void finish(String how) {
    if (lastEventId != null) {
      meters.resumed(how);
    }
    person.goLive(connection);
  }

  private void gather(StreamPosition from, StreamPosition end) {
    if (end.isBefore(from)) {
      later(this::goOn); // another gateway was faster; what it has told must not be told again
    } else if (stream.remembers(from)) {
      stream.between(from, end).forEach(this::gather);
      reached = end;
      goOn();
    } else {
      gatherPage(from, end);
    }
  }

  private void gatherPage(StreamPosition from, StreamPosition end) {
    outcome = "stream";
    stream
        .pageAfter(from)
        .onComplete(answer -> {
          List<StreamEntry> page =
              answer.succeeded() ? answer.result().orElse(List.of()) : List.of();
          if (page.isEmpty()) {
            lost = true;
          }
          for (StreamEntry entry : page) {
            if (end.isBefore(entry.position())) {
              break;
            }
            gather(entry);
            reached = entry.position();
          }
          goOn();
        });
  }

  private void gather(StreamEntry entry) {
    gathered++;
    EventEnvelope event = entry.event();
    if (event != null && event.tenant().equals(connection.tenant()) && given.add(event.id())) {
      past.note(event);
      missed.add(entry);
      missedBytes += entry.size();
    }
  }

  private void write() {
    while (!missed.isEmpty() && !lost) {
      if (connection.isBehind()) {
        if (isWithin(config.limit())) {
          later(this::goOn);
        } else {
          connection.close(CloseCause.TOO_SLOW);
        }
        return;
      }
      StreamEntry entry = missed.removeFirst();
      missedBytes -= entry.size();
      write(entry.position(), Objects.requireNonNull(entry.event()));
      written = entry.position();
    }
    goOn();
  }

  private void write(StreamPosition position, EventEnvelope event) {
    if (!audience.people().isDecided(connection.userId(), position, event)) {
      lost = true;
      return;
    }
    for (AddressedFrame addressed : AddressedFrames.of(event, position.toString())) {
      if (past.concerns(event, addressed, id -> audience.people().isIn(id, connection.userId()))) {
        delivery.write(event, addressed, delivery.encode(addressed.frame()), connection);
      }
    }
  }

  private boolean isWithin(Duration limit) {
    return System.nanoTime() - begunAt < limit.toNanos();
  }

  private void later(Runnable work) {
    vertx.setTimer(PAUSE.toMillis(), _ -> work.run());
  }
}
