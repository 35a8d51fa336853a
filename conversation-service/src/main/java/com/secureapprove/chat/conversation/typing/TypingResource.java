package com.secureapprove.chat.conversation.typing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.conversation.membership.Participant;
import com.secureapprove.chat.platform.identity.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands;
import io.quarkus.redis.datasource.value.SetArgs;
import io.quarkus.redis.datasource.value.ValueCommands;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/// The endpoint for typing signals. Publishes at most one signal each second for a person and
/// conversation, on the Redis channel `chat:{tenant}:typing`.
///
/// Excess signals are dropped. Signals are lost while Redis is unavailable.
@Path("/api/chat/conversations")
@RolesAllowed("user")
@RunOnVirtualThread
class TypingResource {
  private static final Logger LOG = Logger.getLogger(TypingResource.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  record Done(String status) {}

  @RegisterForReflection
  record Typing(UUID conversationId, String userId, String userName) {}

  private final ValueCommands<String, String> values;
  private final PubSubCommands<String> channels;
  private final ObjectMapper json;
  private final Caller caller;

  TypingResource(RedisDataSource redis, ObjectMapper json, Caller caller) {
    this.values = redis.value(String.class);
    this.channels = redis.pubsub(String.class);
    this.json = json;
    this.caller = caller;
  }

  /// Publishes that the caller is typing.
  @POST
  @Path("/{id}/typing")
  public Done typing(@PathParam("id") UUID id) throws JsonProcessingException {
    String me = caller.user().userId();
    QuarkusTransaction.requiringNew().run(() -> Participant.require(id, me));
    String key = "chat:{" + caller.tenant() + "}:typing";
    try {
      if (values.setAndChanged(key + ":" + id + ":" + me, "1", new SetArgs().nx().px(INTERVAL))) {
        channels.publish(key, json.writeValueAsString(new Typing(id, me, caller.user().name())));
      }
    } catch (RuntimeException e) {
      LOG.debugf("typing_signal_failed reason=%s", e.getMessage());
    }
    return new Done("ok");
  }
}
