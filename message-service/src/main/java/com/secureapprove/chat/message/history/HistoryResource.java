package com.secureapprove.chat.message.history;

import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.message.files.StoredFiles;
import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.message.receipts.Positions;
import com.secureapprove.chat.message.receipts.ReadState;
import com.secureapprove.chat.message.receipts.ReadStates;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.json.Uuids;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.query.NextPage;
import com.secureapprove.chat.serviceplatform.people.PersonCopy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// A conversation's messages, oldest first.
@Path("/api/chat/conversations/{id}/messages")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class HistoryResource {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 200;

  /// Clients of the original chat give no limit and cannot ask for more.
  private static final int MAX_WITHOUT_LIMIT = 1_000;

  /// @param senderPresent whether the sender is a participant now
  private record Row(MessageView message, boolean senderPresent) {}

  private final Session session;
  private final Memberships memberships;
  private final ReadStates states;
  private final Positions positions;
  private final StoredFiles files;
  private final Caller caller;

  HistoryResource(
      Session session,
      Memberships memberships,
      ReadStates states,
      Positions positions,
      StoredFiles files,
      Caller caller) {
    this.session = session;
    this.memberships = memberships;
    this.states = states;
    this.positions = positions;
    this.files = files;
    this.caller = caller;
  }

  /// The newest messages, or those right after `since_id`, or those right before `before_id`; what
  /// is fetched counts as delivered. `Link` names the next page in the same direction. Without any
  /// parameter the page has up to [#MAX_WITHOUT_LIMIT] messages.
  @GET
  public Response history(
      @PathParam("id") UUID conversationId,
      @RestQuery("since_id") @Nullable String sinceId,
      @RestQuery("before_id") @Nullable String beforeId,
      @RestQuery("limit") @Nullable Integer limitAsked) {
    if (limitAsked != null && (limitAsked < 1 || limitAsked > MAX_LIMIT)) {
      throw ProblemException.invalid("limit", "must be 1 to " + MAX_LIMIT);
    }
    if (sinceId != null && beforeId != null) {
      throw ProblemException.invalid("since_id", "cannot be combined with before_id");
    }
    UUID since = sinceId == null ? null : id("since_id", sinceId);
    UUID before = beforeId == null ? null : id("before_id", beforeId);
    int limit =
        limitAsked != null
            ? limitAsked
            : since == null && before == null ? MAX_WITHOUT_LIMIT : DEFAULT_LIMIT;
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
    List<Row> rows = rows(conversationId, state, from, to, forward, limit);
    List<MessageView> page = rows.stream().map(Row::message).toList();
    if (!page.isEmpty() && page.getLast().seq() > state.delivered()) {
      positions.markDelivered(conversationId, state, page, departed(rows));
    }
    Response.ResponseBuilder response = Response.ok(page);
    if (!page.isEmpty() && (forward ? page.getLast().seq() < to : page.getFirst().seq() > 1)) {
      UriBuilder next = UriBuilder.fromPath("/api/chat/conversations/{id}/messages/");
      next =
          forward
              ? next.queryParam("since_id", page.getLast().id())
              : next.queryParam("before_id", page.getFirst().id());
      next = next.queryParam("limit", Math.min(limit, MAX_LIMIT));
      response.links(NextPage.link(next, conversationId));
    }
    return response.build();
  }

  private static Set<String> departed(List<Row> rows) {
    return rows.stream()
        .filter(row -> !row.senderPresent())
        .map(row -> row.message().senderId())
        .collect(Collectors.toSet());
  }

  private List<Row> rows(
      UUID conversationId, ReadState state, long from, long to, boolean forward, int limit) {
    List<Row> rows =
        session
            .createNativeQuery(
                """
                select {m.*}, {s.*}, exists (
                  select from participant p
                  where p.tenant = m.tenant and p.conversation_id = m.conversation_id
                    and p.user_id = m.sender_id and p.left_seq is null) as sender_present
                from message m left join person s on s.tenant = m.tenant and s.id = m.sender_id
                where m.tenant = :tenant and m.conversation_id = :conversation
                  and m.seq > :from and m.seq <= :to
                order by m.seq %s limit :limit
                """
                    .formatted(forward ? "asc" : "desc"),
                Tuple.class)
            .addEntity("m", Message.class)
            .addEntity("s", PersonCopy.class)
            .addScalar("sender_present", Boolean.class)
            .setParameter("tenant", caller.tenant())
            .setParameter("conversation", conversationId)
            .setParameter("from", from)
            .setParameter("to", to)
            .setParameter("limit", limit)
            .getResultStream()
            .map(row -> row(row, state))
            .toList();
    return forward ? rows : rows.reversed();
  }

  private Row row(Tuple row, ReadState state) {
    Message message = row.get("m", Message.class);
    MessageView view =
        message.view(
            row.get("s", PersonCopy.class),
            files.decode(message.attachments),
            state.movedTo(message.seq, 0).statusOf(message.senderId, message.seq));
    return new Row(view, row.get("sender_present", Boolean.class));
  }

  private static UUID id(String field, String text) {
    try {
      return Uuids.of(text);
    } catch (IllegalArgumentException _) {
      throw ProblemException.invalid(field, "is not a UUID");
    }
  }
}
