package com.secureapprove.chat.message.history;

import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.files.StoredFiles;
import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.message.receipts.Positions;
import com.secureapprove.chat.message.receipts.Positions.AffectedMessage;
import com.secureapprove.chat.message.receipts.ReadState;
import com.secureapprove.chat.message.receipts.ReadStates;
import com.secureapprove.chat.platform.json.Uuids;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
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
  private final Memberships memberships;
  private final ReadStates standings;
  private final Positions positions;
  private final StoredFiles files;

  HistoryResource(
      EntityManager entities,
      Memberships memberships,
      ReadStates standings,
      Positions positions,
      StoredFiles files) {
    this.entities = entities;
    this.memberships = memberships;
    this.standings = standings;
    this.positions = positions;
    this.files = files;
  }

  /// The newest messages, or those right after `since_id`, or those right before `before_id`; what
  /// is fetched counts as delivered. `Link` names the next page in the same direction.
  @GET
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
    UUID since = sinceId == null ? null : id("since_id", sinceId);
    UUID before = beforeId == null ? null : id("before_id", beforeId);
    return memberships.lookingAgain(
        conversationId,
        () ->
            QuarkusTransaction.requiringNew()
                .call(() -> page(conversationId, since, before, limit)));
  }

  private Response page(
      UUID conversationId, @Nullable UUID since, @Nullable UUID before, int limit) {
    boolean forward = since != null;
    ReadState standing;
    long from = 0;
    long to;
    if (since != null) {
      ReadStates.ReadStateAtMessage anchored = standings.ofCaller(conversationId, since);
      standing = anchored.standing();
      from = anchored.seq();
      to = standing.lastSeq();
    } else if (before != null) {
      ReadStates.ReadStateAtMessage anchored = standings.ofCaller(conversationId, before);
      standing = anchored.standing();
      to = anchored.seq() - 1;
    } else {
      standing = standings.ofCaller(conversationId);
      to = standing.lastSeq();
    }
    List<MessageView> page = page(conversationId, standing, from, to, forward, limit);
    if (!page.isEmpty() && page.getLast().seq() > standing.delivered()) {
      positions.markDelivered(
          conversationId, standing, page.getLast().seq(), othersNewestFirst(page, standing));
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

  private static List<AffectedMessage> othersNewestFirst(List<MessageView> page, ReadState standing) {
    return page.reversed().stream()
        .filter(message -> !message.senderId().equals(standing.userId()))
        .map(message -> new AffectedMessage(message.id(), message.seq(), message.senderId()))
        .toList();
  }

  private List<MessageView> page(
      UUID conversationId, ReadState standing, long from, long to, boolean forward, int limit) {
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

  private MessageView view(Tuple row, ReadState standing) {
    Message message = row.get("message", Message.class);
    return message.view(
        row.get("sender", Person.class),
        files.decode(message.attachments),
        standing.movedTo(message.seq, 0).statusOf(message.senderId, message.seq));
  }

  private static UUID id(String field, String text) {
    try {
      return Uuids.of(text);
    } catch (IllegalArgumentException _) {
      throw ProblemException.invalid(field, "is not a UUID");
    }
  }
}
