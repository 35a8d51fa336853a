package com.secureapprove.chat.conversation.groups;

import com.secureapprove.chat.conversation.creation.ConversationCreation;
import com.secureapprove.chat.conversation.listing.ConversationView;
import com.secureapprove.chat.conversation.listing.ConversationViews;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.people.KnownPeople;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The endpoint that creates groups.
@Path("/api/chat/conversations")
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class StartGroupResource {

  record GroupRequest(@Nullable List<@Nullable String> participantIds, @Nullable String title) {}

  private final ConversationCreation creation;
  private final Groups groups;
  private final KnownPeople people;
  private final ConversationViews views;
  private final Caller caller;

  StartGroupResource(
      ConversationCreation creation,
      Groups groups,
      KnownPeople people,
      ConversationViews views,
      Caller caller) {
    this.creation = creation;
    this.groups = groups;
    this.people = people;
    this.views = views;
    this.caller = caller;
  }

  /// Creates a group that the caller owns.
  @POST
  @Path("/start_group")
  public RestResponse<ConversationView> start(@Nullable GroupRequest body) {
    List<String> others = ParticipantIds.of(body == null ? null : body.participantIds());
    String title = RequestedTitle.of(body == null ? null : body.title());
    String me = caller.user().userId();
    others.remove(me);
    if (others.isEmpty()) {
      throw ProblemException.invalid(
          "participant_ids", "must contain a person other than the caller");
    }
    groups.requireCapacity(others.size() + 1);
    List<String> everyone = new ArrayList<>(others);
    everyone.add(me);
    Set<String> active = people.active(everyone);
    others.stream()
        .filter(id -> !active.contains(id))
        .findFirst()
        .ifPresent(id -> {
          throw new ProblemException(Problem.NOT_FOUND, "unknown person: " + shown(id));
        });
    return RestResponse.status(
        RestResponse.Status.CREATED, views.one(creation.group(title, others)));
  }

  private static String shown(String id) {
    return id.length() > 64 ? id.substring(0, 64) + "…" : id;
  }
}
