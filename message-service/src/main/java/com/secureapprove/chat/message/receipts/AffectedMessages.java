package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.message.receipts.ReadStates.Reader;
import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;

/// Looks up the messages whose status may change when people receive or read further messages.
@Singleton
class AffectedMessages {
  /// The most messages of a range that are searched.
  private static final int MAX_SCANNED = 500;

  /// A message of another present participant.
  record AffectedMessage(UUID id, long seq, String senderId) {}

  /// The messages after one `seq` and up to another that a reader did not send.
  record SeqRange(Reader reader, long after, long upTo) {}

  private final Session entities;
  private final Caller caller;

  AffectedMessages(Session entities, Caller caller) {
    this.entities = entities;
    this.caller = caller;
  }

  /// The newest messages of each range, newest first, at most [#MAX_SCANNED] for each reader.
  /// Messages of senders who left are omitted, because they see no later reads. These senders are
  /// few: the sessions have no hash joins, so each message is compared with all of them.
  Map<Reader, List<AffectedMessage>> in(List<SeqRange> ranges) {
    Map<Reader, List<AffectedMessage>> affected = new HashMap<>();
    List<SeqRange> notEmpty = ranges.stream().filter(r -> r.after() < r.upTo()).toList();
    if (notEmpty.isEmpty()) {
      return affected;
    }
    // by JDBC, because Hibernate spends more time on a row than PostgreSQL does
    entities.doWork(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              with found as materialized (
                select k.id, k.user_id, m.id as message_id, m.seq, m.sender_id
                from unnest(?, ?, ?, ?) k(id, user_id, after, up_to)
                cross join lateral (
                  select id, seq, sender_id from message
                  where tenant = ? and conversation_id = k.id and sender_id <> k.user_id
                    and seq > k.after and seq <= k.up_to
                  order by seq desc limit ?) m),
              absent as materialized (
                select s.id, s.sender_id from (select distinct id, sender_id from found) s
                left join lateral (
                  select user_id, left_seq from participant
                  where tenant = ? and conversation_id = s.id and user_id = s.sender_id
                  limit 1) p on true
                where p.user_id is null or p.left_seq is not null)
              select f.id, f.user_id, f.message_id, f.seq, f.sender_id from found f
              where not exists (
                select from absent a where a.id = f.id and a.sender_id = f.sender_id)
              order by f.seq desc
              """)) {
        select.setArray(
            1, sqlArray(connection, "uuid", notEmpty, r -> r.reader().conversationId()));
        select.setArray(2, sqlArray(connection, "text", notEmpty, r -> r.reader().userId()));
        select.setArray(3, sqlArray(connection, "int8", notEmpty, SeqRange::after));
        select.setArray(4, sqlArray(connection, "int8", notEmpty, SeqRange::upTo));
        select.setString(5, caller.tenant());
        select.setInt(6, MAX_SCANNED);
        select.setString(7, caller.tenant());
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            affected
                .computeIfAbsent(
                    new Reader(rows.getObject(1, UUID.class), rows.getString(2)),
                    _ -> new ArrayList<>())
                .add(
                    new AffectedMessage(
                        rows.getObject(3, UUID.class), rows.getLong(4), rows.getString(5)));
          }
        }
      }
    });
    return affected;
  }

  private static <T> java.sql.Array sqlArray(
      Connection connection, String type, List<T> of, Function<T, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, of.stream().map(value).toArray());
  }
}
