package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.message.receipts.AffectedMessages.AffectedMessage;
import com.secureapprove.chat.message.receipts.AffectedMessages.SeqRange;
import com.secureapprove.chat.message.receipts.ReadStates.Reader;
import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/// Moves the delivered positions of many people with a fixed number of statements.
@Singleton
class DeliveredPositions {
  private final Session entities;
  private final ReadStates states;
  private final AffectedMessages affected;
  private final PositionUpdates updates;
  private final Caller caller;

  DeliveredPositions(
      Session entities,
      ReadStates states,
      AffectedMessages affected,
      PositionUpdates updates,
      Caller caller) {
    this.entities = entities;
    this.states = states;
    this.affected = affected;
    this.updates = updates;
    this.caller = caller;
  }

  /// What to do about a row that another transaction has locked.
  enum LockedRows {
    WAIT,
    SKIP
  }

  /// A person whose stored position is behind the reported one.
  ///
  /// @param locked whether this transaction has locked the row
  private record Behind(Reader reader, boolean locked) {}

  /// Moves positions forward. Ignores people who are not in the conversation or are there already.
  ///
  /// @param seqs up to which `seq` messages were delivered; a larger one than the newest counts as
  ///   the newest
  /// @return the people who were skipped because another transaction has locked their row
  @Transactional
  Set<Reader> move(Map<Reader, Long> seqs, LockedRows lockedRows) {
    Set<Reader> locked = new HashSet<>();
    Set<Reader> skipped = new HashSet<>();
    for (Behind behind : lock(seqs, lockedRows)) {
      (behind.locked() ? locked : skipped).add(behind.reader());
    }
    if (!locked.isEmpty()) {
      updates.write(updates(locked, seqs));
    }
    return skipped;
  }

  private List<PositionUpdate> updates(Set<Reader> readers, Map<Reader, Long> seqs) {
    Map<Reader, ReadState> before = states.find(readers);
    // The furthest reader first: the statuses that it changes are not changed by the others.
    List<SeqRange> ranges =
        before.entrySet().stream()
            .map(entry -> range(entry.getKey(), entry.getValue(), seqs))
            .sorted(Comparator.comparingLong(SeqRange::upTo).reversed())
            .toList();
    Map<Reader, List<AffectedMessage>> messages = affected.in(ranges);
    Map<UUID, List<ReadState>> furthest = new HashMap<>();
    List<PositionUpdate> result = new ArrayList<>();
    for (SeqRange range : ranges) {
      Reader reader = range.reader();
      List<ReadState> earlier =
          furthest.computeIfAbsent(reader.conversationId(), _ -> new ArrayList<>());
      ReadState state = Objects.requireNonNull(before.get(reader));
      for (ReadState other : earlier) {
        state = state.withDelivered(other.userId(), other.delivered());
      }
      ReadState after = state.movedTo(range.upTo(), 0);
      result.add(
          new PositionUpdate(
              reader.conversationId(),
              state,
              after,
              null,
              messages.getOrDefault(reader, List.of()),
              null));
      // Two are enough: one of them is not the sender.
      if (earlier.size() < 2) {
        earlier.add(after);
      }
    }
    return result;
  }

  /// The messages whose status the reader's new position may change. In a large group only senders
  /// need an event, and only for messages above the second furthest position.
  private static SeqRange range(Reader reader, ReadState before, Map<Reader, Long> seqs) {
    long received = Math.max(before.delivered(), before.read());
    return new SeqRange(
        reader,
        before.sharesPositions()
            ? received
            : Math.max(received, before.furthestDelivered().second()),
        Math.min(seqs.getOrDefault(reader, 0L), before.lastSeq()));
  }

  /// The people who are behind, with their rows locked unless another transaction has them. A
  /// transaction that holds some rows never waits for others, so none can deadlock.
  ///
  /// The lateral queries keep each look-up on the whole key. A plain join let the generic plan
  /// compare with the conversation alone and read the whole group (GenericPlansTest).
  private List<Behind> lock(Map<Reader, Long> seqs, LockedRows lockedRows) {
    List<Reader> readers = List.copyOf(seqs.keySet());
    return entities
        .createNativeQuery(
            """
            with behind as materialized (
              select k.id as conversation_id, k.user_id
              from unnest(:ids, :users, :seqs) k(id, user_id, seq)
              cross join lateral (
                select last_seq from conversation
                where tenant = :tenant and id = k.id and not deleted limit 1) c
              cross join lateral (
                select delivered_seq from participant
                where tenant = :tenant and conversation_id = k.id and user_id = k.user_id
                  and left_seq is null
                limit 1) p
              where coalesce(p.delivered_seq, 0) < least(k.seq, c.last_seq))
            select b.conversation_id, b.user_id, l.user_id is not null as locked
            from behind b
            left join lateral (
              select user_id from participant
              where tenant = :tenant and conversation_id = b.conversation_id
                and user_id = b.user_id
              for no key update %s) l on true
            """
                .formatted(lockedRows == LockedRows.SKIP ? "skip locked" : ""),
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter(
            "ids", readers.stream().map(Reader::conversationId).toArray(UUID[]::new), UUID[].class)
        .setParameter(
            "users", readers.stream().map(Reader::userId).toArray(String[]::new), String[].class)
        .setParameter("seqs", readers.stream().map(seqs::get).toArray(Long[]::new), Long[].class)
        .getResultStream()
        .map(row ->
            new Behind(
                new Reader(
                    row.get("conversation_id", UUID.class), row.get("user_id", String.class)),
                row.get("locked", Boolean.class)))
        .toList();
  }
}
