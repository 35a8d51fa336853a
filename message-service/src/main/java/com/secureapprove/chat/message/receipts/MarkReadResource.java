package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.message.membership.Memberships;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Receives read positions from clients.
@Path("/api/chat/conversations/{id}/mark_read")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class MarkReadResource {

  /// @param upTo the last message read; all messages if absent
  record MarkRead(@Nullable UUID upTo) {}

  /// @param markedRead how many messages of others were newly read
  record Marked(String status, long markedRead) {}

  private final Positions positions;
  private final Memberships memberships;

  MarkReadResource(Positions positions, Memberships memberships) {
    this.positions = positions;
    this.memberships = memberships;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Marked markRead(
      @PathParam("id") UUID conversationId,
      @HeaderParam("X-Chat-Session") @Nullable String session,
      @Nullable MarkRead request) {
    return marked(conversationId, request == null ? null : request.upTo(), session);
  }

  /// Clients of the original chat send no body: all messages are read.
  @POST
  @Consumes(MediaType.WILDCARD)
  public Marked markAllRead(
      @PathParam("id") UUID conversationId,
      @HeaderParam("X-Chat-Session") @Nullable String session) {
    return marked(conversationId, null, session);
  }

  private Marked marked(UUID conversationId, @Nullable UUID upTo, @Nullable String session) {
    long newlyRead =
        memberships.withRefresh(
            conversationId, () -> positions.markRead(conversationId, upTo, session));
    return new Marked("ok", newlyRead);
  }
}
