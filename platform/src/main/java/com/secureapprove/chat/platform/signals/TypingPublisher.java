package com.secureapprove.chat.platform.signals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.redis.PubSub;
import com.secureapprove.chat.platform.redis.RedisKeys;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.redis.datasource.value.SetArgs;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Publishes typing signals, at most one a second for each person and conversation. Thread-safe;
/// never blocks.
@Singleton
public class TypingPublisher {
  private static final Logger LOG = Logger.getLogger(TypingPublisher.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final PubSub pubSub;
  private final ReactiveValueCommands<String, String> values;
  private final ObjectMapper json;

  TypingPublisher(ReactiveRedisDataSource redis, PubSub pubSub, ObjectMapper json) {
    this.pubSub = pubSub;
    this.values = redis.value(String.class);
    this.json = json;
  }

  /// Publishes a signal to the gateways. The caller has checked that the person is a participant.
  /// The signal is lost while Redis is unavailable.
  public void publish(String tenant, TypingSignal typing) {
    String encoded;
    try {
      encoded = json.writeValueAsString(typing);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A typing signal cannot be encoded", e);
    }
    String recent =
        RedisKeys.recentTyping(tenant, typing.conversationId().toString(), typing.userId());
    values
        .setAndChanged(recent, "1", new SetArgs().nx().px(INTERVAL))
        .chain(first ->
            first ? pubSub.publish(RedisKeys.typing(tenant), encoded) : Uni.createFrom().voidItem())
        .subscribe()
        .with(_ -> {}, failure -> LOG.debugf("typing_not_published reason=%s", Reason.of(failure)));
  }
}
