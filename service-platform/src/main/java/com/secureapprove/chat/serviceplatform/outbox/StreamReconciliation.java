package com.secureapprove.chat.serviceplatform.outbox;

import com.secureapprove.chat.serviceplatform.metrics.EventMeters;
import com.secureapprove.chat.serviceplatform.outbox.OutboxRows.Place;
import com.secureapprove.chat.serviceplatform.outbox.OutboxRows.Row;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Compares a stream that does not end where the relay expects with the outbox, and appends the
/// lost events again.
///
/// Either Redis lost entries, or a relay appended more than it stored as its progress.
final class StreamReconciliation {
  private static final Logger LOG = Logger.getLogger(StreamReconciliation.class);
  private static final int BATCH = 500;

  /// Longer than any transaction lasts, and than a gateway needs to read new entries.
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private final StreamComparison comparison;
  private final RelayTransactions transactions;
  private final EventMeters meters;
  private final Clock clock = Clock.systemUTC();

  StreamReconciliation(
      StreamComparison comparison, RelayTransactions transactions, EventMeters meters) {
    this.comparison = comparison;
    this.transactions = transactions;
    this.meters = meters;
  }

  /// Makes the stream complete, and the relay continue after its last entry.
  ///
  /// @param at the last entry of this component on the stream
  /// @param read the highest position that the relay has read from the outbox
  void reconcile(ShardRelay relay, StreamId at, long read) throws SQLException {
    int shard = relay.shard();
    Optional<UUID> atEvent = comparison.eventAt(shard, at);
    boolean streamIsOurs =
        relay.end().equals(StreamId.NONE)
            || comparison.eventAt(shard, relay.end()).equals(relay.endEvent());
    if (at.compareTo(relay.end()) > 0 && streamIsOurs) {
      // A relay died between appending and storing its progress, or an answer was lost.
      Set<UUID> events = comparison.eventsFrom(shard, relay.end());
      relay.found(events);
      relay.continueAfter(at, atEvent.orElse(null));
      LOG.infof("stream_has_more shard=%d entries=%d", shard, events.size());
      return;
    }
    Optional<Place> place =
        atEvent.isEmpty()
            ? Optional.empty()
            : transactions.run(connection -> OutboxRows.find(connection, shard, atEvent.get()));
    String lost;
    long above;
    Instant youngerThan;
    Set<UUID> present;
    if (place.isPresent()) {
      // The stream is the known one up to that entry.
      lost = "after " + at;
      above = place.get().position();
      youngerThan = place.get().createdAt().minus(MARGIN);
      present =
          comparison.eventsFrom(
              shard, new StreamId(Math.max(0, at.ms() - 4 * MARGIN.toMillis()), 0));
    } else if (comparison.beginsAfter(shard, relay.end())) {
      // No client can resume from a lost position. So only groups that have not applied an event
      // need it, and gateways, which are no group, get the youngest events again.
      lost = "everything";
      above = relay.applied();
      youngerThan = clock.instant().minus(MARGIN);
      present = comparison.eventsFrom(shard, StreamId.NONE);
    } else {
      // Another stream, such as an older copy: any event may be missing on it.
      lost = "unknown";
      above = 0;
      youngerThan = Instant.EPOCH;
      present = comparison.eventsFrom(shard, StreamId.NONE);
    }
    relay.forget();
    relay.found(present);
    relay.continueAfter(at, atEvent.orElse(null));
    int again = appendAgain(relay, read, above, youngerThan);
    if (again > 0) {
      meters.repeated(again);
      LOG.warnf("stream_lost_events shard=%d lost=%s events_repeated=%d", shard, lost, again);
    }
  }

  private int appendAgain(ShardRelay relay, long read, long above, Instant youngerThan)
      throws SQLException {
    long upTo = Math.max(read, relay.published());
    long from = 0;
    int again = 0;
    List<Row> rows;
    do {
      long after = from;
      rows =
          transactions.run(connection ->
              OutboxRows.ofShard(
                  connection, relay.shard(), after, upTo, above, youngerThan, BATCH));
      again += relay.appendAgain(rows);
      from = rows.isEmpty() ? from : rows.getLast().position();
    } while (rows.size() == BATCH);
    return again;
  }
}
