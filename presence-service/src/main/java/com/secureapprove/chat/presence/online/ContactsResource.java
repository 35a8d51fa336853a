package com.secureapprove.chat.presence.online;

import com.secureapprove.chat.contracts.Contact;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.presence.directory.Person;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.Optional;

/// Internal look-up of how to reach a person outside the chat, for notification-service.
@Path("/internal/contacts")
@RunOnVirtualThread
class ContactsResource {
  private record Stored(Person person, Optional<LastSeen> seen) {}

  private final PresenceStore store;
  private final Caller caller;

  ContactsResource(PresenceStore store, Caller caller) {
    this.store = store;
    this.caller = caller;
  }

  /// Returns the address and the presence of a person; 404 if the directory does not have them.
  @GET
  @Path("/{id}")
  @RolesAllowed("part:notification")
  public Contact contact(@PathParam("id") String id) {
    Stored stored =
        QuarkusTransaction.requiringNew()
            .call(() ->
                new Stored(
                    Person.<Person>findByIdOptional(id)
                        .orElseThrow(
                            () -> new ProblemException(Problem.NOT_FOUND, "unknown person")),
                    LastSeen.findByIdOptional(id)));
    // Redis knows the activity since the last batch.
    Instant seen =
        store
            .seen(caller.tenant(), id)
            .or(() -> stored.seen().map(last -> last.seenAt))
            .orElse(null);
    return new Contact(
        stored.person().email, stored.person().active, store.isOnline(caller.tenant(), id), seen);
  }
}
