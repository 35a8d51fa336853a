package com.secureapprove.chat.gateway.signals;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.gateway.fanout.Fanout;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.platform.redis.PubSub;
import com.secureapprove.chat.platform.redis.RedisKeys;
import com.secureapprove.chat.platform.signals.TypingSignal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Receives typing signals and presence changes of all tenants, and sends them to the connections.
@Startup
@Singleton
class SignalChannels {
  private static final Logger LOG = Logger.getLogger(SignalChannels.class);

  /// A person came online or went offline.
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Presence(String userId, boolean isOnline, @Nullable Instant lastSeen) {}

  private final PubSub pubSub;
  private final ObjectMapper json;
  private final Fanout fanout;
  private @Nullable Cancellable subscription;

  SignalChannels(PubSub pubSub, ObjectMapper json, Fanout fanout) {
    this.pubSub = pubSub;
    this.json = json;
    this.fanout = fanout;
  }

  @PostConstruct
  void subscribe() {
    subscription =
        pubSub.subscribe(
            this::receive, RedisKeys.typingOfAllTenants(), RedisKeys.presenceOfAllTenants());
  }

  void stop(@Observes ShutdownEvent shutdown) {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void receive(PubSub.Message message) {
    String channel = message.channel();
    try {
      if (RedisKeys.isTyping(channel)) {
        TypingSignal typing = json.readValue(message.text(), TypingSignal.class);
        fanout.sendToOthers(
            RedisKeys.tenantOf(channel),
            typing.conversationId(),
            typing.userId(),
            new ServerFrame.Typing(typing.conversationId(), typing.userId(), typing.userName()));
      } else {
        Presence presence = json.readValue(message.text(), Presence.class);
        fanout.sendPresence(
            RedisKeys.tenantOf(channel),
            new ServerFrame.Presence(presence.userId(), presence.isOnline(), presence.lastSeen()));
      }
    } catch (JsonProcessingException e) {
      LOG.warnf("signal_unreadable channel=%s", channel);
    }
  }
}
