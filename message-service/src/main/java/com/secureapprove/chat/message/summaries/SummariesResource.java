package com.secureapprove.chat.message.summaries;

import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.contracts.ConversationSummaries;
import com.secureapprove.chat.contracts.ConversationSummaries.Summary;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.files.StoredFiles;
import com.secureapprove.chat.message.receipts.FurthestPositions;
import com.secureapprove.chat.message.receipts.ReadState;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/// Completes conversation-service's list pages with one call and one statement for any page size.
@Path("/internal/summaries")
@RolesAllowed("person:conversation")
@RunOnVirtualThread
class SummariesResource {
  private static final int MAX_CONVERSATIONS = 1_000;

  private final Session entities;
  private final Caller caller;
  private final StoredFiles files;

  SummariesResource(Session entities, Caller caller, StoredFiles files) {
    this.entities = entities;
    this.caller = caller;
    this.files = files;
  }

  /// Summaries of the conversations in which the user is a participant; others are left out.
  @POST
  @Transactional
  public ConversationSummaries summaries(ConversationSummaries.Request request) {
    if (request.conversationIds() == null || request.conversationIds().size() > MAX_CONVERSATIONS) {
      throw ProblemException.invalid("conversation_ids", "must be at most " + MAX_CONVERSATIONS);
    }
    String userId = caller.user().userId();
    List<Tuple> rows =
        entities
            .createNativeQuery(
                """
                select c.id as conversation, c.last_seq, p.read_seq, p.delivered_seq,
                       (c.last_seq - greatest(p.joined_seq, coalesce(p.read_seq, 0)))
                         - (sent_count(:tenant, k.id, :user, c.last_seq) - p.base_sent_count) as unread,
                       m.id, m.seq, m.sender_id, m.content, m.created_at, m.updated_at,
                       m.client_message_id, cast(m.attachments as text) as attachments,
                       s.name, s.email,
                       f.delivered_by, f.delivered_seq as furthest_delivered, f.delivered_second,
                       f.read_by, f.read_seq as furthest_read, f.read_second
                from unnest(:ids) k(id)
                cross join lateral (
                  select * from conversation where tenant = :tenant and id = k.id limit 1) c
                cross join lateral (
                  select * from participant
                  where tenant = :tenant and conversation_id = k.id and user_id = :user
                    and left_seq is null
                  limit 1) p
                left join lateral (
                  select * from furthest_position
                  where tenant = :tenant and conversation_id = k.id limit 1) f on true
                left join lateral (
                  select * from message
                  where tenant = :tenant and conversation_id = k.id and seq = c.last_seq
                  limit 1) m on true
                left join person s on s.tenant = :tenant and s.id = m.sender_id
                """,
                Tuple.class)
            .setParameter("tenant", caller.tenant())
            .setParameter("user", userId)
            .setParameter("ids", request.conversationIds().toArray(UUID[]::new), UUID[].class)
            .getResultList();
    return new ConversationSummaries(rows.stream().map(row -> summary(row, userId)).toList());
  }

  private Summary summary(Tuple row, String userId) {
    Long read = number(row, "read_seq");
    return new Summary(
        row.get("conversation", UUID.class),
        row.get("id") == null ? null : lastMessage(row, userId),
        Math.max(0, count(row, "unread")),
        count(row, "last_seq"),
        read);
  }

  private MessageView lastMessage(Tuple row, String userId) {
    ReadState state =
        new ReadState(
            userId,
            true,
            0,
            count(row, "last_seq"),
            count(row, "delivered_seq"),
            count(row, "read_seq"),
            new FurthestPositions(
                row.get("delivered_by", String.class),
                count(row, "furthest_delivered"),
                count(row, "delivered_second")),
            new FurthestPositions(
                row.get("read_by", String.class),
                count(row, "furthest_read"),
                count(row, "read_second")));
    String senderId = row.get("sender_id", String.class);
    long seq = count(row, "seq");
    List<AttachmentView> attachments = files.decode(row.get("attachments", String.class));
    return new MessageView(
        row.get("id", UUID.class),
        row.get("conversation", UUID.class),
        seq,
        senderId,
        orEmpty(row.get("name", String.class)),
        orEmpty(row.get("email", String.class)),
        row.get("content", String.class),
        !attachments.isEmpty(),
        attachments,
        row.get("created_at", Instant.class),
        row.get("updated_at", Instant.class),
        row.get("client_message_id", String.class),
        state.statusOf(senderId, seq));
  }

  private static long count(Tuple row, String name) {
    Long value = number(row, name);
    return value == null ? 0 : value;
  }

  private static @Nullable Long number(Tuple row, String name) {
    Number value = (Number) row.get(name);
    return value == null ? null : value.longValue();
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}
