package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.contracts.Audience;
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

/// Internal look-ups of membership for the gateway and the other services.
@Path("/internal")
@RunOnVirtualThread
@RegisterForReflection(targets = Membership.Entry.class) // the query projects to it
class MembershipsResource {
  private static final int MAX_PEOPLE = 50;

  /// Largest conversation, in participants, in which presence is shown.
  private static final int MAX_SHOWN_PRESENCE = 50;

  /// Maximum number of rows in an answer; conversations with the latest activity come first.
  private static final int MAX_ROWS = 20_000;

  /// Returns every conversation of a person, with its version.
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

  /// Returns, for each of the given people, their conversations with up to 50 participants. If the
  /// answer exceeds its limit, conversations with the latest activity are kept.
  @GET
  @Path("/circles")
  @RolesAllowed("part:gateway")
  @Transactional
  public Membership.Circles circles(@QueryParam("user_ids") @DefaultValue("") String userIds) {
    List<String> people = Arrays.stream(userIds.split(",")).filter(id -> !id.isEmpty()).toList();
    if (people.size() > MAX_PEOPLE) {
      throw ProblemException.invalid("user_ids", "must contain at most " + MAX_PEOPLE);
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
                MAX_SHOWN_PRESENCE)
            .page(0, MAX_ROWS)
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

  /// Returns the participants of a conversation at its current version; 404 if it does not exist.
  @GET
  @Path("/conversations/{id}/membership")
  @RolesAllowed({"part:message", "part:gateway"})
  @Transactional
  public Membership ofConversation(@PathParam("id") UUID id) {
    // One statement reads the version and the rows from one snapshot.
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
      throw new ProblemException(Problem.NOT_FOUND, "unknown conversation");
    }
    return new Membership(
        id, (long) rows.getFirst()[0], rows.stream().map(row -> (String) row[1]).toList());
  }

  /// Returns the participants who have not muted a conversation; 404 if it does not exist.
  @GET
  @Path("/conversations/{id}/audience")
  @RolesAllowed("part:notification")
  @Transactional
  public Audience audience(@PathParam("id") UUID id) {
    Conversation conversation = Conversation.findById(id);
    if (conversation == null) {
      throw new ProblemException(Problem.NOT_FOUND, "unknown conversation");
    }
    List<String> unmuted =
        Participant.find(
                """
                select p.userId from Participant p
                where p.conversationId = ?1 and p.muted = false order by p.userId
                """,
                id)
            .project(String.class)
            .list();
    return new Audience(conversation.isGroup, conversation.title, unmuted);
  }

  /// Answers 204 if the person is a participant now, else 404.
  @GET
  @Path("/conversations/{id}/participants/{user}")
  @RolesAllowed("part:attachment")
  @Transactional
  public void participant(@PathParam("id") UUID id, @PathParam("user") String user) {
    if (Participant.of(id, user).isEmpty()) {
      throw new ProblemException(
          Problem.NOT_FOUND, "The person is not a participant of this conversation");
    }
  }
}
