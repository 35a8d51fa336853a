package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Receives delivered positions that clients report with `delivered` frames.
@Path("/internal/conversations/{id}/delivered")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class MarkDeliveredResource {

  /// One of both is given.
  ///
  /// @param upTo the last message received
  /// @param furthestOf messages received; the one with the highest `seq` counts
  record Received(@Nullable UUID upTo, @Nullable List<UUID> furthestOf) {}

  private final Positions positions;
  private final FurthestMessage furthest;
  private final Memberships memberships;

  MarkDeliveredResource(Positions positions, FurthestMessage furthest, Memberships memberships) {
    this.positions = positions;
    this.furthest = furthest;
    this.memberships = memberships;
  }

  @POST
  public void received(@PathParam("id") UUID conversationId, @Nullable Received request) {
    if (request == null || (request.upTo() == null && request.furthestOf() == null)) {
      throw ProblemException.invalid("up_to", "must not be empty");
    }
    UUID upTo =
        request.upTo() == null ? furthest.of(conversationId, request.furthestOf()) : request.upTo();
    memberships.withRefresh(conversationId, () -> positions.markDelivered(conversationId, upTo));
  }
}
