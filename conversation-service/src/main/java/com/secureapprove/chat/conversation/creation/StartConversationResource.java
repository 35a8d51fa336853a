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

/// ConversationCreation to talk with somebody.
@Path("/api/chat/conversations")
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed("user")
@RunOnVirtualThread
class StartConversationResource {

  record StartRequest(@Nullable String participantId) {}

  private final ConversationCreation starting;
  private final KnownPeople people;
  private final ConversationViews views;
  private final Caller caller;

  StartConversationResource(
      ConversationCreation starting, KnownPeople people, ConversationViews views, Caller caller) {
    this.starting = starting;
    this.people = people;
    this.views = views;
    this.caller = caller;
  }

  /// The caller's conversation with one other person: 201 where it is new, 200 where it was there,
  /// be the other still active or not.
  @POST
  @Path("/start")
  public RestResponse<ConversationView> start(@Nullable StartRequest body) {
    String other = body == null ? null : body.participantId();
    if (other == null || other.isBlank()) {
      throw ProblemException.invalid("participant_id", "must not be empty");
    }
    String me = caller.user().userId();
    if (other.equals(me)) {
      throw ProblemException.invalid("participant_id", "must be somebody else");
    }
    ConversationCreation.Creation started =
        starting.existingPair(other).orElseGet(() -> startNew(me, other));
    return RestResponse.ResponseBuilder.create(
            started.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
            views.one(started.id()))
        .build();
  }

  private ConversationCreation.Creation startNew(String me, String other) {
    if (!people.active(List.of(me, other)).contains(other)) {
      throw new ProblemException(Problem.NOT_FOUND, "There is no such person in your organisation");
    }
    return starting.newPair(other);
  }
}
