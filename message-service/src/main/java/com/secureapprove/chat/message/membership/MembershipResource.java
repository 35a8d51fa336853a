package com.secureapprove.chat.message.membership;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/// Takes membership changes from conversation-service right after its commit, before the event
/// arrives.
@Path("/internal/conversations/{id}/membership")
@RolesAllowed("part:conversation")
@RunOnVirtualThread
class MembershipResource {
  private final Memberships memberships;

  MembershipResource(Memberships memberships) {
    this.memberships = memberships;
  }

  /// Idempotent: ignores a version that is applied already.
  @PUT
  public void apply(@PathParam("id") UUID id, Membership membership) {
    if (!id.equals(membership.conversationId())) {
      throw ProblemException.invalid("conversation_id", "differs from the path");
    }
    memberships.apply(membership);
  }
}
