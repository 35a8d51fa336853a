package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.conversation.listing.ConversationView.ParticipantView;
import com.secureapprove.chat.conversation.membership.Role;
import com.secureapprove.chat.platform.identity.Caller;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/// Reads the caller's conversations with native SQL: one statement for each page.
@Singleton
class ConversationRows {
  /// Maximum number of participants in a view.
  static final int PARTICIPANTS = 100;

  private static final String SELECT =
      """
      select c.id, c.is_group, c.title, c.created_at, c.updated_at, c.last_seq,
             c.last_activity_at, c.participant_count, p.role, p.muted, p.archived_at_seq
      from participant p
      join conversation c on c.tenant = p.tenant and c.id = p.conversation_id
      where p.tenant = :tenant and p.user_id = :user
      """;

  private final Session database;
  private final Caller caller;

  ConversationRows(Session database, Caller caller) {
    this.database = database;
    this.caller = caller;
  }

  /// Returns a page, newest activity first.
  @Transactional
  List<ConversationRow> page(ArchivedFilter archived, int limit, @Nullable ListCursor after) {
    String sql =
        SELECT
            + archived.sql()
            + (after == null ? "" : " and (c.last_activity_at, c.id) < (:activity, :id)")
            + " order by c.last_activity_at desc, c.id desc limit :limit";
    NativeQuery<Tuple> query = mine(sql).setParameter("limit", limit);
    if (after != null) {
      query.setParameter("activity", after.activity()).setParameter("id", after.conversation());
    }
    return query.getResultStream().map(ConversationRows::entry).toList();
  }

  @Transactional
  Optional<ConversationRow> one(UUID id) {
    return mine(SELECT + " and c.id = :id")
        .setParameter("id", id)
        .getResultStream()
        .map(ConversationRows::entry)
        .findFirst();
  }

  /// Returns the ids of the conversations that the caller has not muted, including archived ones.
  @Transactional
  List<UUID> unmuted() {
    return mine(SELECT + " and not p.muted")
        .getResultStream()
        .map(row -> row.get("id", UUID.class))
        .toList();
  }

  /// Returns the first participants of each conversation, by `joinedAt`.
  @Transactional
  Map<UUID, List<ParticipantView>> participants(List<UUID> ids) {
    Map<UUID, List<ParticipantView>> participants = new HashMap<>();
    database
        .createNativeQuery(
            """
            select i.id as conversation, p.user_id, p.role, u.name, u.email
            from unnest(:ids) as i(id)
            cross join lateral (
              select user_id, role, joined_at from participant
              where tenant = :tenant and conversation_id = i.id
              order by joined_at, user_id limit :most) p
            left join person u on u.tenant = :tenant and u.id = p.user_id
            order by i.id, p.joined_at, p.user_id
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("ids", ids.toArray(UUID[]::new))
        .setParameter("most", PARTICIPANTS)
        .getResultStream()
        .forEach(row ->
            participants
                .computeIfAbsent(row.get("conversation", UUID.class), _ -> new ArrayList<>())
                .add(participant(row)));
    return participants;
  }

  /// Returns the participants among the given people, by user id.
  @Transactional
  List<ParticipantView> participants(UUID id, Collection<String> people) {
    return database
        .createNativeQuery(
            """
            select p.user_id, p.role, u.name, u.email from participant p
            left join person u on u.tenant = p.tenant and u.id = p.user_id
            where p.tenant = :tenant and p.conversation_id = :id and p.user_id = any(:people)
            order by p.user_id
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", id)
        .setParameter("people", people.toArray(String[]::new))
        .getResultStream()
        .map(ConversationRows::participant)
        .toList();
  }

  private NativeQuery<Tuple> mine(String sql) {
    return database
        .createNativeQuery(sql, Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("user", caller.user().userId());
  }

  private static ConversationRow entry(Tuple row) {
    return new ConversationRow(
        row.get("id", UUID.class),
        row.get("is_group", Boolean.class),
        row.get("title", String.class),
        row.get("created_at", Instant.class),
        row.get("updated_at", Instant.class),
        row.get("last_seq", Long.class),
        row.get("last_activity_at", Instant.class),
        row.get("participant_count", Integer.class),
        Role.valueOf(row.get("role", String.class)),
        row.get("archived_at_seq", Long.class),
        row.get("muted", Boolean.class));
  }

  private static ParticipantView participant(Tuple row) {
    return new ParticipantView(
        row.get("user_id", String.class),
        orEmpty(row.get("name", String.class)),
        orEmpty(row.get("email", String.class)),
        Role.valueOf(row.get("role", String.class)));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
