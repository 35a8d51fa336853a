package com.secureapprove.chat.conversation.groups;

import com.secureapprove.chat.conversation.listing.ConversationView;
import com.secureapprove.chat.conversation.listing.ConversationView.ParticipantView;
import com.secureapprove.chat.conversation.listing.ConversationViews;
import com.secureapprove.chat.conversation.membership.Conversation;
import com.secureapprove.chat.conversation.membership.Role;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.people.KnownPeople;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The endpoints that change an existing group.
@Path("/api/chat/conversations")
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class GroupsResource {

  record PeopleRequest(@Nullable List<@Nullable String> participantIds) {}

  record PersonRequest(@Nullable String participantId) {}

  record TitleRequest(@Nullable String title) {}

  record RoleRequest(@Nullable String participantId, @Nullable Role role) {}

  record Added(ConversationView conversation, List<ParticipantView> addedParticipants) {}

  @RegisterForReflection
  record Removed(ConversationView conversation, ParticipantView removedParticipant) {}

  @RegisterForReflection
  record Deleted(String status) {}

  private final Groups groups;
  private final KnownPeople people;
  private final ConversationViews views;
  private final Caller caller;

  GroupsResource(Groups groups, KnownPeople people, ConversationViews views, Caller caller) {
    this.groups = groups;
    this.people = people;
    this.views = views;
    this.caller = caller;
  }

  /// Adds people. Ignores unknown people and people who are participants already.
  @POST
  @Path("/{id}/add_participants")
  public Added add(@PathParam("id") UUID id, @Nullable PeopleRequest body) {
    List<String> asked = ParticipantIds.of(body == null ? null : body.participantIds());
    groups.requireCapacity(asked.size());
    List<String> added = groups.add(id, people.active(asked));
    return new Added(views.one(id), views.participants(id, added));
  }

  /// Removes a participant, or lets the caller leave. Answers [Deleted] if the last participant
  /// left.
  @POST
  @Path("/{id}/remove_participant")
  public Response remove(@PathParam("id") UUID id, @Nullable PersonRequest body) {
    String person = personOf(body == null ? null : body.participantId());
    Groups.Removal removal = groups.remove(id, person);
    if (removal.membership().participantIds().isEmpty()) {
      return Response.ok(new Deleted("conversation_deleted")).build();
    }
    ConversationView conversation =
        person.equals(caller.user().userId()) ? viewAfterLeaving(id) : views.one(id);
    return Response.ok(new Removed(conversation, removal.removed())).build();
  }

  private ConversationView viewAfterLeaving(UUID id) {
    Conversation group =
        QuarkusTransaction.requiringNew().call(() -> Conversation.<Conversation>findById(id));
    return views.left(group);
  }

  /// Changes the title of the group. A blank title takes it away.
  @PATCH
  @Path("/{id}/update_title")
  public ConversationView rename(@PathParam("id") UUID id, @Nullable TitleRequest body) {
    if (body == null || body.title() == null) {
      throw ProblemException.invalid("title", "must be a text; an empty one takes the title away");
    }
    groups.rename(id, RequestedTitle.of(body.title()));
    return views.one(id);
  }

  /// Sets the role of a participant.
  @PATCH
  @Path("/{id}/set_role")
  public ConversationView setRole(@PathParam("id") UUID id, @Nullable RoleRequest body) {
    String person = personOf(body == null ? null : body.participantId());
    Role role = body == null ? null : body.role();
    if (role == null) {
      throw ProblemException.invalid("role", "must be owner, admin or member");
    }
    groups.setRole(id, person, role);
    return views.one(id);
  }

  private static String personOf(@Nullable String id) {
    if (id == null || id.isBlank()) {
      throw ProblemException.invalid("participant_id", "must not be empty");
    }
    if (id.indexOf('\0') >= 0) {
      throw ProblemException.invalid("participant_id", "must not contain NUL");
    }
    return id;
  }
}
