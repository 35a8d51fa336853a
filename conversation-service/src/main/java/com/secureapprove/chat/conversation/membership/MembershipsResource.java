package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is in what, for the other parts.
@Path("/internal")
@RunOnVirtualThread
class MembershipsResource {

  /// Every conversation that a person is in.
  @GET
  @Path("/memberships")
  @RolesAllowed("part:gateway")
  @Transactional
  public Membership.OfPerson ofPerson(@QueryParam("user_id") @Nullable String userId) {
    if (userId == null || userId.isBlank()) {
      throw ProblemException.invalid("user_id", "must not be empty");
    }
    return new Membership.OfPerson(
        Participant.find(
                """
                select c.id, c.version from Participant p
                join Conversation c on c.id = p.conversationId where p.userId = ?1
                """,
                userId)
            .project(Membership.Entry.class)
            .list());
  }

  /// Everybody in one conversation, at its present version; 404 where there is none.
  @GET
  @Path("/conversations/{id}/membership")
  @RolesAllowed({"part:message", "part:gateway"})
  @Transactional
  public Membership ofConversation(@PathParam("id") UUID id) {
    // One statement, so that the version and the rows belong together.
    List<Object[]> rows =
        Conversation.find(
                """
                select c.version, p.userId from Conversation c
                join Participant p on p.conversationId = c.id where c.id = ?1 order by p.userId
                """,
                id)
            .project(Object[].class)
            .list();
    if (rows.isEmpty()) {
      throw new ProblemException(Problem.NOT_FOUND, "There is no such conversation");
    }
    return new Membership(
        id, (long) rows.getFirst()[0], rows.stream().map(row -> (String) row[1]).toList());
  }

  /// Returns where that person is in the conversation now; 404 where not.
  @GET
  @Path("/conversations/{id}/participants/{user}")
  @RolesAllowed("part:attachment")
  @Transactional
  public void participant(@PathParam("id") UUID id, @PathParam("user") String user) {
    if (Participant.of(id, user).isEmpty()) {
      throw new ProblemException(Problem.NOT_FOUND, "They are not in this conversation");
    }
  }
}
