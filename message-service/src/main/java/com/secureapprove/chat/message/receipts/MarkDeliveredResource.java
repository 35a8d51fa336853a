package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.message.membership.Memberships;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Receives delivered positions that clients report with `delivered` frames.
@Path("/internal/conversations/{id}/delivered")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class MarkDeliveredResource {

  /// @param upTo the last message received
  record Received(@Nullable UUID upTo) {}

  private final Positions positions;
  private final Memberships memberships;

  MarkDeliveredResource(Positions positions, Memberships memberships) {
    this.positions = positions;
    this.memberships = memberships;
  }

  @POST
  public void received(@PathParam("id") UUID conversationId, @Nullable Received request) {
    UUID upTo = request == null ? null : request.upTo();
    if (upTo == null) {
      throw ProblemException.invalid("up_to", "must not be empty");
    }
    memberships.withRefresh(conversationId, () -> positions.markDelivered(conversationId, upTo));
  }
}
