package com.secureapprove.chat.conversation.creation;

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
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// The endpoint that starts a direct conversation.
@Path("/api/chat/conversations")
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class StartConversationResource {

  record StartRequest(@Nullable String participantId) {}

  private final ConversationCreation creation;
  private final KnownPeople people;
  private final ConversationViews views;
  private final Caller caller;

  StartConversationResource(
      ConversationCreation creation, KnownPeople people, ConversationViews views, Caller caller) {
    this.creation = creation;
    this.people = people;
    this.views = views;
    this.caller = caller;
  }

  /// Returns the caller's conversation with one other person: 201 if it is new, 200 if it existed.
  /// An existing conversation is returned even if the other person is inactive.
  @POST
  @Path("/start")
  public RestResponse<ConversationView> start(@Nullable StartRequest body) {
    String other = body == null ? null : body.participantId();
    if (other == null || other.isBlank()) {
      throw ProblemException.invalid("participant_id", "must not be empty");
    }
    String me = caller.user().userId();
    if (other.equals(me)) {
      throw ProblemException.invalid("participant_id", "must differ from the caller");
    }
    ConversationCreation.Creation started =
        creation.existingPair(other).orElseGet(() -> startNew(me, other));
    return RestResponse.ResponseBuilder.create(
            started.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
            views.one(started.id()))
        .build();
  }

  private ConversationCreation.Creation startNew(String me, String other) {
    if (!people.active(List.of(me, other)).contains(other)) {
      throw new ProblemException(Problem.NOT_FOUND, "unknown person");
    }
    return creation.newPair(other);
  }
}
