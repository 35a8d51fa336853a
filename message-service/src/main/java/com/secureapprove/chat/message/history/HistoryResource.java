package com.secureapprove.chat.message.history;

import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.files.StoredFiles;
import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.message.receipts.Positions;
import com.secureapprove.chat.message.receipts.ReadState;
import com.secureapprove.chat.message.receipts.ReadStates;
import com.secureapprove.chat.platform.json.Uuids;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.query.NextPage;
import com.secureapprove.chat.serviceplatform.people.PersonCopy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// A conversation's messages, oldest first.
@Path("/api/chat/conversations/{id}/messages")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class HistoryResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  private final EntityManager entities;
  private final Memberships memberships;
  private final ReadStates states;
  private final Positions positions;
  private final StoredFiles files;

  HistoryResource(
      EntityManager entities,
      Memberships memberships,
      ReadStates states,
      Positions positions,
      StoredFiles files) {
    this.entities = entities;
    this.memberships = memberships;
    this.states = states;
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
    return memberships.withRefresh(
        conversationId,
        () ->
            QuarkusTransaction.requiringNew()
                .call(() -> page(conversationId, since, before, limit)));
  }

  private Response page(
      UUID conversationId, @Nullable UUID since, @Nullable UUID before, int limit) {
    boolean forward = since != null;
    ReadState state;
    long from = 0;
    long to;
    if (since != null) {
      ReadStates.ReadStateAtMessage anchored = states.ofCaller(conversationId, since);
      state = anchored.state();
      from = anchored.seq();
      to = state.lastSeq();
    } else if (before != null) {
      ReadStates.ReadStateAtMessage anchored = states.ofCaller(conversationId, before);
      state = anchored.state();
      to = anchored.seq() - 1;
    } else {
      state = states.ofCaller(conversationId);
      to = state.lastSeq();
    }
    List<MessageView> page = page(conversationId, state, from, to, forward, limit);
    if (!page.isEmpty() && page.getLast().seq() > state.delivered()) {
      positions.markDelivered(conversationId, state, page);
    }
    Response.ResponseBuilder response = Response.ok(page);
    if (!page.isEmpty() && (forward ? page.getLast().seq() < to : page.getFirst().seq() > 1)) {
      UriBuilder next = UriBuilder.fromPath("/api/chat/conversations/{id}/messages/");
      next =
          forward
              ? next.queryParam("since_id", page.getLast().id())
              : next.queryParam("before_id", page.getFirst().id());
      response.links(NextPage.link(next.queryParam("limit", limit), conversationId));
    }
    return response.build();
  }

  private List<MessageView> page(
      UUID conversationId, ReadState state, long from, long to, boolean forward, int limit) {
    List<MessageView> newestFirst =
        entities
            .createQuery(
                "select m as message, p as sender from Message m left join PersonCopy p"
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
            .map(row -> view(row, state))
            .toList();
    return forward ? newestFirst : newestFirst.reversed();
  }

  private MessageView view(Tuple row, ReadState state) {
    Message message = row.get("message", Message.class);
    return message.view(
        row.get("sender", PersonCopy.class),
        files.decode(message.attachments),
        state.movedTo(message.seq, 0).statusOf(message.senderId, message.seq));
  }

  private static UUID id(String field, String text) {
    try {
      return Uuids.of(text);
    } catch (IllegalArgumentException _) {
      throw ProblemException.invalid(field, "is not a UUID");
    }
  }
}
