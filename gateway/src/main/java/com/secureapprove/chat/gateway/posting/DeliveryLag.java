package com.secureapprove.chat.gateway.posting;

import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.events.EventStreams;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Back-pressure from delivery to acceptance. If the events of a shard arrive late, its lanes pause
/// between batches, so that acknowledgements do not run ahead of deliveries.
///
/// The lag is the time from the acknowledgement of a message until its event arrives at this
/// gateway. It is measured with this gateway's clock alone, for one message of a shard at a time. A
/// message is observed before it is sent, because its event may arrive before its acknowledgement.
/// During an outage of Redis nothing is known about the lag, and nothing pauses.
///
/// Thread-safe.
@Singleton
public class DeliveryLag {
  private static final Duration TOLERATED = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /// How long a measured lag holds. Longer than the pauses, shorter than a person waits.
  private static final Duration VALID = Duration.ofSeconds(3);

  /// An event that does not arrive within this time was lost, and says nothing about the lag.
  private static final Duration ABANDONED = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private final List<ShardLag> shards = new ArrayList<>();

  @Inject
  DeliveryLag(GatewayMeters meters) {
    this(System::nanoTime);
    meters.deliveryLag(
        () -> shards.stream().mapToLong(shard -> shard.nanos(nanoTime())).max().orElse(0) / 1e9);
  }

  /// @param nanoTime the clock, as of [System#nanoTime()]
  DeliveryLag(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    EventStreams.shards().forEach(_ -> shards.add(new ShardLag()));
  }

  private long nanoTime() {
    return nanoTime.getAsLong();
  }

  /// Observes a message that is about to be sent; empty if another one of its shard is observed.
  Optional<Observation> observe(String tenant, MessageBatch.Item item) {
    return shards
        .get(EventStreams.shardOf(tenant))
        .observe(new Observed(item.conversationId(), item.senderId(), item.clientMessageId()));
  }

  /// The event of a message has arrived and was handed to the connections.
  public void arrived(int shard, MessageView message) {
    shards.get(shard).arrived(message);
  }

  /// The stream of a shard cannot be read.
  public void unknown(int shard) {
    shards.get(shard).forget();
  }

  /// How long a lane of the tenant waits before its next batch; zero unless deliveries are behind.
  Duration pause(String tenant) {
    Duration lag = Duration.ofNanos(shards.get(EventStreams.shardOf(tenant)).nanos(nanoTime()));
    if (lag.compareTo(TOLERATED) <= 0) {
      return Duration.ZERO;
    }
    return lag.compareTo(LONGEST_PAUSE) < 0 ? lag : LONGEST_PAUSE;
  }

  private record Observed(UUID conversation, String sender, @Nullable String clientMessageId) {
    boolean is(MessageView message) {
      return message.conversation().equals(conversation)
          && message.senderId().equals(sender)
          && clientMessageId != null
          && clientMessageId.equals(message.clientMessageId());
    }
  }

  /// A message whose event is awaited.
  final class Observation {
    private final ShardLag shard;
    private final Observed message;
    private boolean acknowledged;
    private long acknowledgedAt;

    private Observation(ShardLag shard, Observed message) {
      this.shard = shard;
      this.message = message;
    }

    /// The message was stored by this call.
    void acknowledge() {
      synchronized (shard) {
        acknowledged = true;
        acknowledgedAt = nanoTime();
      }
    }

    /// No event of the message will follow.
    void cancel() {
      synchronized (shard) {
        if (shard.awaited == this) {
          shard.awaited = null;
        }
      }
    }
  }

  private final class ShardLag {
    private @Nullable Observation awaited;
    private long measured;
    private long measuredAt;

    synchronized Optional<Observation> observe(Observed message) {
      if (awaited != null) {
        return Optional.empty();
      }
      awaited = new Observation(this, message);
      return Optional.of(awaited);
    }

    synchronized void arrived(MessageView message) {
      Observation observation = awaited;
      if (observation != null && observation.message.is(message)) {
        awaited = null;
        measuredAt = nanoTime();
        measured = observation.acknowledged ? measuredAt - observation.acknowledgedAt : 0;
      }
    }

    synchronized void forget() {
      awaited = null;
      measured = 0;
    }

    synchronized long nanos(long now) {
      Observation observation = awaited;
      long waited =
          observation != null && observation.acknowledged ? now - observation.acknowledgedAt : 0;
      if (waited > ABANDONED.toNanos()) {
        awaited = null;
        waited = 0;
      }
      return Math.max(waited, now - measuredAt < VALID.toNanos() ? measured : 0);
    }
  }
}
