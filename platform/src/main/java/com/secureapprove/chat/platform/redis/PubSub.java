package com.secureapprove.chat.platform.redis;

import com.secureapprove.chat.platform.problem.Dependencies;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.pubsub.ReactivePubSubCommands;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Subscriptions to Redis Pub/Sub that survive interruptions: a connection that Redis closes, that
/// breaks, or that hangs is replaced. Messages published in between are lost.
///
/// Each process publishes a heartbeat on the channel of its component, such as
/// `chat:pulse:message`, to which all of its subscriptions listen. A subscription that misses
/// heartbeats hangs. Thread-safe.
///
/// The channel has a fixed name, because access control lists permit subscriptions to patterns only
/// by their exact names.
@Singleton
public class PubSub {
  private static final Logger LOG = Logger.getLogger(PubSub.class);
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(20);

  /// Kind, pattern, channel and text.
  private static final int MESSAGE_SIZE = 4;

  /// A published message.
  public record Message(String channel, String text) {}

  private final Redis redis;
  private final ReactivePubSubCommands<String> commands;
  private final Dependencies dependencies;
  private final String heartbeatChannel;
  private @Nullable Cancellable heartbeats;
  private volatile boolean stopped;

  PubSub(
      ReactiveRedisDataSource redis,
      Dependencies dependencies,
      @ConfigProperty(name = "chat.internal.part") String part) {
    heartbeatChannel = RedisKeys.heartbeat(part);
    this.redis = redis.getRedis();
    commands = redis.pubsub(String.class);
    this.dependencies = dependencies;
  }

  @PostConstruct
  void start() {
    heartbeats =
        Multi.createFrom()
            .ticks()
            .every(HEARTBEAT_INTERVAL)
            .onOverflow()
            .drop()
            .subscribe()
            .with(_ -> sendHeartbeat(), failure -> LOG.error("pubsub_heartbeat_stopped", failure));
  }

  /// Quarkus closes the connections before it destroys this bean.
  void onShutdown(@Observes ShutdownEvent event) {
    stopped = true;
  }

  @PreDestroy
  void stop() {
    if (heartbeats != null) {
      heartbeats.cancel();
    }
  }

  private void sendHeartbeat() {
    publish(heartbeatChannel, "")
        .ifNoItem()
        .after(HEARTBEAT_INTERVAL)
        .fail()
        .subscribe()
        .with(_ -> {}, _ -> {});
  }

  /// Subscribes to patterns until cancelled. The callback may run on any thread.
  public Cancellable subscribe(Consumer<Message> onMessage, String... patterns) {
    String[] all =
        Stream.concat(Stream.of(patterns), Stream.of(heartbeatChannel)).toArray(String[]::new);
    return messages(all)
        .ifNoItem()
        .after(HEARTBEAT_TIMEOUT)
        .fail()
        .onCompletion() // a connection that Redis closes completes without a failure
        .failWith(() -> new IOException("Redis closed the connection"))
        .onFailure()
        .invoke(failure -> {
          if (!stopped) {
            dependencies.failed(Dependencies.REDIS, failure);
          }
        })
        .onFailure()
        .retry()
        .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2))
        .indefinitely()
        .invoke(_ -> dependencies.answered(Dependencies.REDIS))
        .filter(message -> !message.channel().equals(heartbeatChannel))
        .subscribe()
        .with(
            onMessage,
            failure -> LOG.errorf(failure, "pubsub_subscription_ended channel=%s", patterns[0]));
  }

  /// The messages of one subscription, until its connection ends.
  private Multi<Message> messages(String[] patterns) {
    return Multi.createFrom()
        .emitter(emitter ->
            redis
                .connect()
                .subscribe()
                .with(connection -> listen(connection, patterns, emitter), emitter::fail));
  }

  /// Closes the connection in each case. The subscriptions of Quarkus do not, if Redis refuses them
  /// or does not answer, and so they use up the pool.
  private static void listen(
      RedisConnection connection, String[] patterns, MultiEmitter<? super Message> emitter) {
    emitter.onTermination(connection::closeAndForget);
    connection
        .handler(response -> receive(response, emitter))
        .exceptionHandler(emitter::fail)
        .endHandler(emitter::complete);
    Request subscription = Request.cmd(Command.PSUBSCRIBE);
    for (String pattern : patterns) {
      subscription = subscription.arg(pattern);
    }
    connection.send(subscription).subscribe().with(_ -> {}, emitter::fail);
  }

  /// A refusal arrives here too, and not as the failure of the command.
  private static void receive(@Nullable Response response, MultiEmitter<? super Message> emitter) {
    if (response == null) {
      return;
    }
    ResponseType type = response.type();
    if (type == ResponseType.ERROR) {
      emitter.fail(new IOException("Redis refused the subscription: " + response));
    } else if ((type == ResponseType.MULTI || type == ResponseType.PUSH) // RESP2 or RESP3
        && response.size() == MESSAGE_SIZE
        && response.get(0).toString().equals("pmessage")) {
      emitter.emit(new Message(response.get(2).toString(), response.get(3).toString()));
    }
  }

  /// Publishes a message to the present subscribers.
  public Uni<Void> publish(String channel, String text) {
    return commands.publish(channel, text);
  }
}
