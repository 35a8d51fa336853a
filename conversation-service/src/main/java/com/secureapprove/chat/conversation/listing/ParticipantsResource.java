package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.conversation.listing.MessageReceiptsClient.Receipt;
import com.secureapprove.chat.conversation.membership.Participant;
import com.secureapprove.chat.conversation.membership.Role;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.query.NextPage;
import com.secureapprove.chat.platform.query.UserCursor;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The endpoint that lists the participants of a conversation, in pages ordered by user id.
@Path("/api/chat/conversations")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class ParticipantsResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 200;

  /// One participant. Positions and times are null until they occur, and if message-service is
  /// unavailable.
  record ParticipantDetails(
      String id,
      String name,
      String email,
      Role role,
      Instant joinedAt,
      @Nullable Long deliveredSeq,
      @Nullable Instant deliveredAt,
      @Nullable Long readSeq,
      @Nullable Instant readAt) {

    static ParticipantDetails of(Row row, @Nullable Receipt receipt) {
      return new ParticipantDetails(
          row.id(),
          row.name() == null ? "" : row.name(),
          row.email() == null ? "" : row.email(),
          row.role(),
          row.joinedAt(),
          receipt == null ? null : receipt.deliveredSeq(),
          receipt == null ? null : receipt.deliveredAt(),
          receipt == null ? null : receipt.readSeq(),
          receipt == null ? null : receipt.readAt());
    }
  }

  /// Hibernate calls the constructor by reflection, because the query projects to this record.
  @RegisterForReflection
  record Row(
      String id, @Nullable String name, @Nullable String email, Role role, Instant joinedAt) {}

  private final MessageReceiptsClient messages;
  private final ServiceCalls calls;
  private final Caller caller;

  ParticipantsResource(
      @RestClient MessageReceiptsClient messages, ServiceCalls calls, Caller caller) {
    this.messages = messages;
    this.calls = calls;
    this.caller = caller;
  }

  /// Returns a page of participants with roles and positions.
  ///
  /// @param cursor opaque, from the `Link` header of the previous page
  @GET
  @Path("/{id}/participants")
  public RestResponse<List<ParticipantDetails>> participants(
      @PathParam("id") UUID id,
      @QueryParam("limit") @Nullable Integer limit,
      @QueryParam("cursor") @Nullable String cursor) {
    int size = limit == null ? DEFAULT_LIMIT : limit;
    if (size < 1 || size > MAX_LIMIT) {
      throw ProblemException.invalid("limit", "must be from 1 to " + MAX_LIMIT);
    }
    UserCursor from = UserCursor.of(cursor);
    List<Row> found =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              Participant.require(id, caller.user().userId());
              return rows(id, from.after(), size + 1);
            });
    List<Row> page = found.subList(0, Math.min(size, found.size()));
    Optional<Map<String, Receipt>> receipts = receipts(id, size, cursor);
    Map<String, Receipt> known = receipts.orElse(Map.of());
    RestResponse.ResponseBuilder<List<ParticipantDetails>> answer =
        RestResponse.ResponseBuilder.ok(
                page.stream().map(row -> ParticipantDetails.of(row, known.get(row.id()))).toList())
            .header(HttpHeaders.CACHE_CONTROL, "private, no-store");
    if (found.size() > size) {
      answer.links(
          NextPage.link(
              UriBuilder.fromPath("/api/chat/conversations/{id}/participants/")
                  .queryParam("limit", size)
                  .queryParam("cursor", page.getLast().id()),
              id));
    }
    if (receipts.isEmpty()) {
      answer.header("Chat-Degraded", "messages");
    }
    return answer.build();
  }

  private static List<Row> rows(UUID id, String after, int limit) {
    return Participant.find(
            """
            select p.userId, u.name, u.email, p.role, p.joinedAt
            from Participant p left join PersonCopy u on u.id = p.userId
            where p.conversationId = ?1 and p.userId > ?2 order by p.userId
            """,
            id,
            after)
        .page(0, limit)
        .project(Row.class)
        .list();
  }

  private Optional<Map<String, Receipt>> receipts(UUID id, int limit, @Nullable String cursor) {
    try {
      Map<String, Receipt> receipts = new HashMap<>();
      calls
          .asUser("message", token -> messages.receipts(token, id, limit, cursor))
          .forEach(r -> receipts.put(r.userId(), r));
      return Optional.of(receipts);
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }
}
