package com.secureapprove.chat.notification.mail;

import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/// Whether the person who calls gets mails about unread messages.
@Path("/api/chat/me/mail")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class MailPreferenceResource {
  private final MailPreferences preferences;
  private final Caller caller;

  MailPreferenceResource(MailPreferences preferences, Caller caller) {
    this.preferences = preferences;
    this.caller = caller;
  }

  @GET
  public MailPreference read() {
    return QuarkusTransaction.requiringNew().call(() -> preferences.of(caller.user().userId()));
  }

  /// Changes what the request names, and returns all of it.
  @PATCH
  @Consumes(MediaType.APPLICATION_JSON)
  public MailPreference change(MailPreference.@Nullable Change change) {
    Boolean enabled = change == null ? null : change.enabled();
    String language = change == null ? null : change.language();
    if (enabled == null && language == null) {
      throw ProblemException.invalid("enabled", "or language must be given");
    }
    if (language != null) {
      try {
        MailLanguage.of(language);
      } catch (IllegalArgumentException e) {
        throw ProblemException.invalid("language", String.valueOf(e.getMessage()));
      }
    }
    String person = caller.user().userId();
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          preferences.choose(person, enabled, language);
          return preferences.of(person);
        });
  }
}
