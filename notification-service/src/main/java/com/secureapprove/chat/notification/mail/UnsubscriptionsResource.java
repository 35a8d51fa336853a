package com.secureapprove.chat.notification.mail;

import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// The unsubscriptions by the link of a mail, which the gateway has verified.
@Path("/internal/mail_unsubscriptions")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
class UnsubscriptionsResource {
  record Unsubscription(@Nullable String userId) {}

  private final MailPreferences preferences;

  UnsubscriptionsResource(MailPreferences preferences) {
    this.preferences = preferences;
  }

  /// Ends the mails to a person. Answers the same if they have ended already.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(204)
  public void unsubscribe(@Nullable Unsubscription request) {
    String userId = request == null ? null : request.userId();
    if (userId == null || userId.isBlank()) {
      throw ProblemException.invalid("user_id", "must not be empty");
    }
    QuarkusTransaction.requiringNew().run(() -> preferences.choose(userId, false, null));
  }
}
