package com.secureapprove.chat.gateway.delivery;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.connection.OpenConnections;
import com.secureapprove.chat.gateway.eventstream.StreamPosition;
import com.secureapprove.chat.gateway.frames.EncodedFrame;
import com.secureapprove.chat.gateway.frames.FrameWriter;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.platform.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Writes frames to connections and records deliveries.
///
/// Stateless and thread-safe. Frames keep their order only if one thread writes them.
@Singleton
public class Delivery {
  private final FrameWriter writer;
  private final DeliveryReporter reporter;
  private final GatewayMeters meters;
  private final Tracing tracing;
  private final Clock clock = Clock.systemUTC();

  Delivery(FrameWriter writer, DeliveryReporter reporter, GatewayMeters meters, Tracing tracing) {
    this.writer = writer;
    this.reporter = reporter;
    this.meters = meters;
    this.tracing = tracing;
  }

  public EncodedFrame encode(ServerFrame frame) {
    return writer.encode(frame);
  }

  /// Writes an event's frame to a connection, except to the one that caused the event.
  ///
  /// @return whether the frame was written
  public boolean write(
      EventEnvelope event, AddressedFrame addressed, EncodedFrame frame, Connection connection) {
    if (connection.id().equals(addressed.exceptConnection())) {
      return false;
    }
    connection.write(frame);
    if (event.data() instanceof ChatEvent.MessageCreated created
        && !created.message().senderId().equals(connection.userId())) {
      // a message that was written to a recipient's connection counts as delivered
      reporter.delivered(
          event.tenant(),
          created.message().conversation(),
          connection.userId(),
          created.message().seq());
    }
    return true;
  }

  /// The present time.
  public Instant now() {
    return clock.instant();
  }

  /// Records the live delivery of an event: the time since its commit, and a span.
  ///
  /// @param start when the delivery began
  public void record(EventEnvelope event, int connections, Instant start) {
    meters.delivered(connections, Duration.between(event.at(), clock.instant()));
    tracing
        .follow("deliver " + event.type(), SpanKind.CONSUMER, event.trace(), start)
        .setAttribute("chat.connections", connections)
        .end();
  }

  /// Sends the first frame of a connection.
  ///
  /// @param position events after this position will follow; null if it is not known
  public void greet(Connection connection, @Nullable StreamPosition position) {
    connection.welcome(
        writer.encode(
            new ServerFrame.Connected(
                connection.userId(),
                connection.id(),
                text(position),
                OpenConnections.PING_INTERVAL.toSeconds())));
  }

  public void pong(Connection connection, @Nullable StreamPosition position) {
    connection.write(writer.encode(new ServerFrame.Pong(text(position))));
  }

  /// Sends a resync: the client missed events and must reload.
  ///
  /// @param position events after this position will follow; null if it is not known
  public void resync(Connection connection, @Nullable StreamPosition position) {
    connection.write(writer.encode(new ServerFrame.Resync(text(position))));
  }

  /// Sends a resync to a connection that was up to date.
  ///
  /// @param position events after this position will follow; null if it is not known
  public void resyncLive(Connection connection, @Nullable StreamPosition position) {
    meters.liveResync();
    resync(connection, position);
  }

  private static @Nullable String text(@Nullable StreamPosition position) {
    return position == null ? null : position.toString();
  }
}
