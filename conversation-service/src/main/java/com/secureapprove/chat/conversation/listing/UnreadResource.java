package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.contracts.UnreadConversations;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/// Internal look-up of what a person has not read, for the mails of notification-service.
@Path("/internal/unread")
@RunOnVirtualThread
class UnreadResource {
  private static final int MAX = 100;

  private final ConversationViews views;

  UnreadResource(ConversationViews views) {
    this.views = views;
  }

  /// Returns what the person in whose name notification-service calls has not read.
  ///
  /// @param most the number of conversations that are described, at most 100
  @GET
  @RolesAllowed("person:notification")
  public UnreadConversations unread(@QueryParam("most") @DefaultValue("10") int most) {
    if (most < 1 || most > MAX) {
      throw ProblemException.invalid("most", "must be from 1 to " + MAX);
    }
    return views.unread(most);
  }
}
