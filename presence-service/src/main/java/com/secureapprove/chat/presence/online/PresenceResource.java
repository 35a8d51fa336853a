package com.secureapprove.chat.presence.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.platform.hash.Sha256;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outage.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/// The endpoint that lists the people of the caller's tenant with their presence.
@Path("/api/chat/conversations/presence")
@RunOnVirtualThread
class PresenceResource {
  private static final Logger LOG = Logger.getLogger(PresenceResource.class);

  private final PresenceStore store;
  private final Caller caller;
  private final ObjectMapper json;

  PresenceResource(PresenceStore store, Caller caller, ObjectMapper json) {
    this.store = store;
    this.caller = caller;
    this.json = json;
  }

  /// Returns all active people of the caller's tenant, including the caller, ordered by e-mail
  /// address.
  ///
  /// Without Redis all people are shown as offline, and the response is marked as degraded.
  @GET
  @RolesAllowed("person:gateway")
  public Response presence(@Context Request request) throws JsonProcessingException {
    List<PersonPresence> people =
        QuarkusTransaction.requiringNew().call(PersonPresence::ofActivePeople);
    boolean degraded = false;
    try {
      Map<String, Instant> seen = store.seen(caller.tenant());
      Set<String> online = store.online(caller.tenant());
      people = people.stream().map(p -> p.with(online.contains(p.id()), seen.get(p.id()))).toList();
    } catch (RuntimeException e) {
      LOG.warnf("presence_degraded reason=%s", Reason.of(e));
      degraded = true;
    }
    byte[] body = json.writeValueAsBytes(people);
    EntityTag tag = new EntityTag(hash(body));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer =
        unchanged == null ? Response.ok(body, MediaType.APPLICATION_JSON) : unchanged;
    if (degraded) {
      answer.header("Chat-Degraded", "presence");
    }
    return answer.tag(tag).header("Cache-Control", "private, no-cache").build();
  }

  private static String hash(byte[] body) {
    return HexFormat.of().formatHex(Sha256.digest().digest(body), 0, 16);
  }
}
