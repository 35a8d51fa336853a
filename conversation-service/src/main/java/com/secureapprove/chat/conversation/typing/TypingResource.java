package com.secureapprove.chat.conversation.typing;

import com.secureapprove.chat.conversation.membership.Participant;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.signals.TypingPublisher;
import com.secureapprove.chat.platform.signals.TypingSignal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/// The endpoint for typing signals. Publishes at most one signal each second for a person and
/// conversation, on the Redis channel `chat:{tenant}:typing`.
///
/// Excess signals are dropped. Signals are lost while Redis is unavailable.
@Path("/api/chat/conversations")
@RolesAllowed("person:gateway")
@RunOnVirtualThread
class TypingResource {
  record Done(String status) {}

  private final TypingPublisher signals;
  private final Caller caller;

  TypingResource(TypingPublisher signals, Caller caller) {
    this.signals = signals;
    this.caller = caller;
  }

  /// Publishes that the caller is typing.
  @POST
  @Path("/{id}/typing")
  public Done typing(@PathParam("id") UUID id) {
    String me = caller.user().userId();
    QuarkusTransaction.requiringNew().run(() -> Participant.require(id, me));
    signals.publish(caller.tenant(), new TypingSignal(id, me, caller.user().name()));
    return new Done("ok");
  }
}
