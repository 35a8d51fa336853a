package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes the read positions that a gateway gathered from several `mark_read` frames of one client.
@Path("/internal/conversations/{id}/read")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class MarkFurthestReadResource {

  /// @param furthestOf messages read; the one with the highest `seq` counts
  record Read(@Nullable List<UUID> furthestOf) {}

  private final Positions positions;
  private final FurthestMessage furthest;
  private final Memberships memberships;

  MarkFurthestReadResource(Positions positions, FurthestMessage furthest, Memberships memberships) {
    this.positions = positions;
    this.furthest = furthest;
    this.memberships = memberships;
  }

  @POST
  public void read(
      @PathParam("id") UUID conversationId,
      @HeaderParam("X-Chat-Session") @Nullable String session,
      @Nullable Read request) {
    if (request == null) {
      throw ProblemException.invalid("furthest_of", "must not be empty");
    }
    UUID upTo = furthest.of(conversationId, request.furthestOf());
    memberships.withRefresh(
        conversationId, () -> positions.markRead(conversationId, upTo, session));
  }
}
