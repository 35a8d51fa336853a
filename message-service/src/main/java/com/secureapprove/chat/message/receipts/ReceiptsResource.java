package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.query.NextPage;
import com.secureapprove.chat.platform.query.UserCursor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The delivered and read position of each participant.
@Path("/api/chat/conversations/{id}/receipts")
@RolesAllowed({"person:gateway", "person:conversation"})
@RunOnVirtualThread
class ReceiptsResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 200;

  /// Positions and times are null until they happen.
  record Receipt(
      String userId,
      @Nullable Long deliveredSeq,
      @Nullable Instant deliveredAt,
      @Nullable Long readSeq,
      @Nullable Instant readAt) {}

  private final Session entities;
  private final ReadStates states;
  private final Memberships memberships;
  private final Caller caller;

  ReceiptsResource(Session entities, ReadStates states, Memberships memberships, Caller caller) {
    this.entities = entities;
    this.states = states;
    this.memberships = memberships;
    this.caller = caller;
  }

  /// The present participants' positions, ordered by user id.
  ///
  /// @param cursor opaque, from the `Link` of the page before
  @GET
  public RestResponse<List<Receipt>> receipts(
      @PathParam("id") UUID conversationId,
      @RestQuery @Nullable Integer limit,
      @RestQuery @Nullable String cursor) {
    int size = limit == null ? DEFAULT_LIMIT : limit;
    if (size < 1 || size > MAX_LIMIT) {
      throw ProblemException.invalid("limit", "must be 1 to " + MAX_LIMIT);
    }
    UserCursor from = UserCursor.of(cursor);
    memberships.withRefresh(conversationId, () -> states.ofCaller(conversationId));
    List<Receipt> found =
        QuarkusTransaction.requiringNew().call(() -> page(conversationId, from, size + 1));
    boolean more = found.size() > size;
    List<Receipt> page = more ? found.subList(0, size) : found;
    RestResponse.ResponseBuilder<List<Receipt>> response = RestResponse.ResponseBuilder.ok(page);
    if (more) {
      response.links(
          NextPage.link(
              UriBuilder.fromPath("/api/chat/conversations/{id}/receipts/")
                  .queryParam("limit", size)
                  .queryParam("cursor", page.getLast().userId()),
              conversationId));
    }
    return response.build();
  }

  private List<Receipt> page(UUID conversationId, UserCursor from, int limit) {
    return entities
        .createNativeQuery(
            """
            select user_id, delivered_seq, delivered_at, read_seq, read_at from participant
            where tenant = :tenant and conversation_id = :id and left_seq is null
              and user_id > :after
            order by user_id limit :limit
            """,
            Tuple.class)
        .setParameter("tenant", caller.tenant())
        .setParameter("id", conversationId)
        .setParameter("after", from.after())
        .setParameter("limit", limit)
        .getResultStream()
        .map(ReceiptsResource::receipt)
        .toList();
  }

  private static Receipt receipt(Tuple row) {
    return new Receipt(
        row.get("user_id", String.class),
        row.get("delivered_seq", Long.class),
        row.get("delivered_at", Instant.class),
        row.get("read_seq", Long.class),
        row.get("read_at", Instant.class));
  }
}
