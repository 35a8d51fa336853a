package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is in what, for the other parts.
@Path("/internal")
@RunOnVirtualThread
@RegisterForReflection(targets = Membership.Entry.class) // the query projects to it
class MembershipsResource {
  private static final int MOST_PEOPLE = 50;

  /// In conversations of up to so many, everybody is told when somebody comes or goes.
  private static final int SMALL = 50;

  /// The newest ones count.
  private static final int MOST_CONVERSATIONS = 20_000;

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

  /// The conversations of up to 50 that each of these people is in, those of latest activity first
  /// where there are very many.
  @GET
  @Path("/circles")
  @RolesAllowed("part:gateway")
  @Transactional
  public Membership.Circles circles(@QueryParam("user_ids") @DefaultValue("") String userIds) {
    List<String> people = Arrays.stream(userIds.split(",")).filter(id -> !id.isEmpty()).toList();
    if (people.size() > MOST_PEOPLE) {
      throw ProblemException.invalid("user_ids", "must be at most " + MOST_PEOPLE);
    }
    List<Object[]> rows =
        Participant.find(
                """
                select p.userId, c.id from Participant p
                join Conversation c on c.id = p.conversationId
                where p.userId in ?1 and c.participantCount <= ?2
                order by c.lastActivityAt desc
                """,
                people,
                SMALL)
            .page(0, MOST_CONVERSATIONS)
            .project(Object[].class)
            .list();
    Map<String, List<UUID>> circles = new LinkedHashMap<>();
    people.forEach(person -> circles.put(person, new ArrayList<>()));
    rows.forEach(row -> Objects.requireNonNull(circles.get((String) row[0])).add((UUID) row[1]));
    return new Membership.Circles(
        circles.entrySet().stream()
            .map(circle -> new Membership.Circle(circle.getKey(), circle.getValue()))
            .toList());
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
