package com.secureapprove.chat.message.history;

import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.files.StoredFiles;
import com.secureapprove.chat.message.people.Person;
import com.secureapprove.chat.message.receipts.Positions;
import com.secureapprove.chat.message.receipts.Standing;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// A conversation's messages, oldest first.
@Path("/api/chat/conversations/{id}/messages")
@RolesAllowed("user")
@RunOnVirtualThread
class HistoryResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final EntityManager entities;
  private final Positions positions;
  private final StoredFiles files;

  HistoryResource(EntityManager entities, Positions positions, StoredFiles files) {
    this.entities = entities;
    this.positions = positions;
    this.files = files;
  }

  /// The newest messages, or those right after `since_id`, or those right before `before_id`; what
  /// is fetched counts as delivered. `Link` names the next page in the same direction.
  @GET
  @Transactional
  public Response history(
      @PathParam("id") UUID conversationId,
      @RestQuery("since_id") @Nullable String sinceId,
      @RestQuery("before_id") @Nullable String beforeId,
      @RestQuery("limit") @Nullable Integer limitAsked) {
    int limit = limitAsked == null ? DEFAULT_LIMIT : limitAsked;
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemException.invalid("limit", "must be 1 to " + MAX_LIMIT);
    }
    if (sinceId != null && beforeId != null) {
      throw ProblemException.invalid("since_id", "cannot be combined with before_id");
    }
    Standing standing = positions.standing(conversationId);
    if (!standing.participant()) {
      throw new ProblemException(Problem.FORBIDDEN, "Not a participant of this conversation");
    }
    boolean forward = sinceId != null;
    long from = sinceId == null ? 0 : positions.seqOf(conversationId, id("since_id", sinceId));
    long to =
        beforeId == null
            ? standing.lastSeq()
            : positions.seqOf(conversationId, id("before_id", beforeId)) - 1;
    List<MessageView> page = page(conversationId, standing, from, to, forward, limit);
    if (!page.isEmpty() && page.getLast().seq() > standing.delivered()) {
      positions.markDelivered(conversationId, standing.userId(), page.getLast().seq());
    }
    Response.ResponseBuilder response = Response.ok(page);
    if (!page.isEmpty() && (forward ? page.getLast().seq() < to : page.getFirst().seq() > 1)) {
      String anchor =
          forward ? "since_id=" + page.getLast().id() : "before_id=" + page.getFirst().id();
      response.header(
          HttpHeaders.LINK,
          "</api/chat/conversations/%s/messages/?%s&limit=%d>; rel=\"next\""
              .formatted(conversationId, anchor, limit));
    }
    return response.build();
  }

  private List<MessageView> page(
      UUID conversationId, Standing standing, long from, long to, boolean forward, int limit) {
    List<MessageView> newestFirst =
        entities
            .createQuery(
                "select m as message, p as sender from Message m left join Person p"
                    + " on p.id = m.senderId"
                    + " where m.conversationId = :conversation and m.seq > :from and m.seq <= :to"
                    + " order by m.seq "
                    + (forward ? "asc" : "desc"),
                Tuple.class)
            .setParameter("conversation", conversationId)
            .setParameter("from", from)
            .setParameter("to", to)
            .setMaxResults(limit)
            .getResultStream()
            .map(row -> view(row, standing))
            .toList();
    return forward ? newestFirst : newestFirst.reversed();
  }

  private MessageView view(Tuple row, Standing standing) {
    Message message = row.get("message", Message.class);
    Standing after =
        new Standing(
            standing.userId(),
            true,
            standing.lastSeq(),
            Math.max(standing.delivered(), message.seq),
            standing.read(),
            standing.othersDelivered(),
            standing.othersRead());
    return message.view(
        row.get("sender", Person.class),
        files.decode(message.attachments),
        after.statusOf(message.senderId, message.seq));
  }

  private static UUID id(String field, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      throw ProblemException.invalid(field, "is not a UUID");
    }
  }
}
