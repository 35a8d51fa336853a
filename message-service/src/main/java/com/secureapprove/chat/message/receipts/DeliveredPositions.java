package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.message.receipts.PositionUpdates.PositionUpdate;
import com.secureapprove.chat.message.receipts.PositionUpdates.SeqRange;
import com.secureapprove.chat.message.receipts.Positions.AffectedMessage;
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

/// PositionUpdates the delivered positions of many people at once: a handful of statements, however many they
/// are.
@Singleton
class DeliveredPositions {
  private final Session entities;
  private final ReadStates standings;
  private final PositionUpdates moves;
  private final Caller caller;

  DeliveredPositions(Session entities, ReadStates standings, PositionUpdates moves, Caller caller) {
    this.entities = entities;
    this.standings = standings;
    this.moves = moves;
    this.caller = caller;
  }

  /// Whether somebody's row is waited for while others', in the same transaction, are locked.
  enum Locked {
    WAIT_FOR,
    PASS_OVER
  }

  /// Someone who is behind the position asked for.
  private record Behind(Reader reader, boolean locked) {}

  /// PositionUpdates them forward; those are passed over who are not in the conversation or are there
  /// already.
  ///
  /// @param seqs up to where messages were delivered; beyond the end counts to the end
  /// @param others what is done about those whose row another transaction has locked
  /// @return those who were passed over because of that
  @Transactional
  Set<Reader> move(Map<Reader, Long> seqs, Locked others) {
    Set<Reader> mine = new HashSet<>();
    Set<Reader> theirs = new HashSet<>();
    for (Behind behind : lock(seqs, others)) {
      (behind.locked() ? mine : theirs).add(behind.reader());
    }
    if (!mine.isEmpty()) {
      moves.write(forward(mine, seqs));
    }
    return theirs;
  }

  private List<PositionUpdate> forward(Set<Reader> readers, Map<Reader, Long> seqs) {
    Map<Reader, ReadState> before = new HashMap<>();
    standings.find(readers).forEach((reader, found) -> before.put(reader, found.standing()));
    List<SeqRange> stretches =
        before.entrySet().stream()
            .map(entry -> stretch(entry.getKey(), entry.getValue(), seqs))
            // the farthest first, so that the others change nothing for senders
            .sorted(Comparator.comparingLong(SeqRange::upTo).reversed())
            .toList();
    Map<Reader, List<AffectedMessage>> reached = moves.reached(stretches);
    Map<UUID, List<ReadState>> farthest = new HashMap<>();
    List<PositionUpdate> forward = new ArrayList<>();
    for (SeqRange stretch : stretches) {
      Reader reader = stretch.reader();
      List<ReadState> earlier =
          farthest.computeIfAbsent(reader.conversationId(), _ -> new ArrayList<>());
      ReadState standing = Objects.requireNonNull(before.get(reader));
      for (ReadState other : earlier) {
        standing = standing.withDelivered(other.userId(), other.delivered());
      }
      ReadState after = standing.movedTo(stretch.upTo(), 0);
      forward.add(
          new PositionUpdate(
              reader.conversationId(),
              standing,
              after,
              null,
              reached.getOrDefault(reader, List.of()),
              null));
      // two, as the farthest may be the sender
      if (earlier.size() < 2) {
        earlier.add(after);
      }
    }
    return forward;
  }

  private static SeqRange stretch(Reader reader, ReadState before, Map<Reader, Long> seqs) {
    return new SeqRange(
        reader,
        Math.max(before.delivered(), before.read()),
        Math.min(seqs.getOrDefault(reader, 0L), before.lastSeq()));
  }

  /// Those who are behind, their rows locked, or not where another transaction has them: so this
  /// never holds some while it waits for others, and no two can wait for each other.
  private List<Behind> lock(Map<Reader, Long> seqs, Locked others) {
    List<Reader> readers = List.copyOf(seqs.keySet());
    return entities
        .createNativeQuery(
            """
            with behind as materialized (
              select p.conversation_id, p.user_id
              from unnest(:ids, :users, :seqs) k(id, user_id, seq)
              join conversation c on c.tenant = :tenant and c.id = k.id and not c.deleted
              join participant p on p.tenant = c.tenant and p.conversation_id = c.id
                and p.user_id = k.user_id and p.left_seq is null
              where coalesce(p.delivered_seq, 0) < least(k.seq, c.last_seq)),
            locked as materialized (
              select p.conversation_id, p.user_id from participant p
              join behind b on p.conversation_id = b.conversation_id and p.user_id = b.user_id
              where p.tenant = :tenant
              for no key update of p %s)
            select b.conversation_id, b.user_id, l.user_id is not null as locked
            from behind b left join locked l using (conversation_id, user_id)
            """
                .formatted(others == Locked.PASS_OVER ? "skip locked" : ""),
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
