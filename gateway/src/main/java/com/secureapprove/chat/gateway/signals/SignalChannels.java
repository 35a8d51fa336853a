package com.secureapprove.chat.gateway.signals;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.gateway.fanout.Fanout;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.platform.redis.Channels;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.RedisPubSubMessage;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.redis.datasource.value.SetArgs;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Publishes and receives signals: `chat:{acme}:typing` for typing, `chat:{acme}:presence` for
/// presence changes.
@Startup
@Singleton
class SignalChannels {
  private static final Logger LOG = Logger.getLogger(SignalChannels.class);
  private static final String PREFIX = "chat:{";
  private static final String TYPING = "}:typing";
  private static final String PRESENCE = "}:presence";
  private static final Duration TYPING_INTERVAL = Duration.ofSeconds(1);

  /// A person is typing.
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Typing(UUID conversationId, String userId, String userName) {}

  /// A person came online or went offline.
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Presence(String userId, boolean isOnline, @Nullable Instant lastSeen) {}

  private final Channels channels;
  private final ReactiveValueCommands<String, String> values;
  private final ObjectMapper json;
  private final Fanout fanout;
  private @Nullable Cancellable subscription;

  SignalChannels(
      ReactiveRedisDataSource redis, Channels channels, ObjectMapper json, Fanout fanout) {
    this.channels = channels;
    this.values = redis.value(String.class);
    this.json = json;
    this.fanout = fanout;
  }

  @PostConstruct
  void subscribe() {
    subscription = channels.listen(this::receive, PREFIX + "*" + TYPING, PREFIX + "*" + PRESENCE);
  }

  void stop(@Observes ShutdownEvent shutdown) {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void receive(RedisPubSubMessage<String> message) {
    String channel = message.getChannel();
    try {
      if (channel.endsWith(TYPING)) {
        Typing typing = json.readValue(message.getPayload(), Typing.class);
        fanout.sendToOthers(
            tenantOf(channel, TYPING),
            typing.conversationId(),
            typing.userId(),
            new ServerFrame.Typing(typing.conversationId(), typing.userId(), typing.userName()));
      } else {
        Presence presence = json.readValue(message.getPayload(), Presence.class);
        fanout.sendPresence(
            tenantOf(channel, PRESENCE),
            new ServerFrame.Presence(presence.userId(), presence.isOnline(), presence.lastSeen()));
      }
    } catch (JsonProcessingException e) {
      LOG.warnf("signal_unreadable channel=%s", channel);
    }
  }

  private static String tenantOf(String channel, String suffix) {
    return channel.substring(PREFIX.length(), channel.length() - suffix.length());
  }

  /// Publishes that a person is typing, at most once a second for each person and conversation. The
  /// caller has checked that the person is in the conversation.
  void publishTyping(String tenant, Typing typing) throws JsonProcessingException {
    String channel = PREFIX + tenant + TYPING;
    String encoded = json.writeValueAsString(typing);
    String key = channel + ":" + typing.conversationId() + ":" + typing.userId();
    values
        .setAndChanged(key, "1", new SetArgs().nx().px(TYPING_INTERVAL))
        .chain(first -> first ? channels.publish(channel, encoded) : Uni.createFrom().voidItem())
        .subscribe()
        .with(_ -> {}, failure -> LOG.debugf("typing_failed reason=%s", failure.getMessage()));
  }
}
