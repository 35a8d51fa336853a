package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.connection.OpenConnections;
import com.secureapprove.chat.gateway.frames.EncodedFrame;
import com.secureapprove.chat.gateway.frames.FrameWriter;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Writes to sessions, and notes what was delivered by it. Keeps nothing; any thread may call, but
/// frames keep an order only on one.
@Singleton
class Delivery {
  private final FrameWriter writer;
  private final DeliveryReporter positions;
  private final GatewayMeters meters;
  private final Clock clock = Clock.systemUTC();

  Delivery(FrameWriter writer, DeliveryReporter positions, GatewayMeters meters) {
    this.writer = writer;
    this.positions = positions;
    this.meters = meters;
  }

  EncodedFrame encode(ServerFrame frame) {
    return writer.encode(frame);
  }

  /// Writes an event's frame to one session of a person, unless it is the one that knows already.
  ///
  /// @return whether it was written
  boolean write(
      EventEnvelope event, AddressedFrame addressed, EncodedFrame frame, Connection connection) {
    if (connection.session().equals(addressed.exceptSession())) {
      return false;
    }
    connection.write(frame);
    if (event.data() instanceof ChatEvent.MessageCreated created
        && !created.message().senderId().equals(connection.userId())) {
      // what was written to a recipient's session counts as delivered to them
      positions.reached(
          event.tenant(),
          created.message().conversation(),
          connection.userId(),
          created.message().seq());
    }
    return true;
  }

  /// An event was written to so many sessions as soon as it came.
  void delivered(EventEnvelope event, int sessions) {
    meters.delivered(sessions, Duration.between(event.at(), clock.instant()));
  }

  /// Says what is the first to be said on a connection.
  void greet(Connection connection, @Nullable StreamPosition position) {
    connection.welcome(
        writer.encode(
            new ServerFrame.Connected(
                connection.userId(),
                connection.session(),
                text(position),
                OpenConnections.PING_INTERVAL.toSeconds())));
  }

  void pong(Connection connection, @Nullable StreamPosition position) {
    connection.write(writer.encode(new ServerFrame.Pong(text(position))));
  }

  /// Tells a session that it has missed something, and from where on it misses nothing.
  void resync(Connection connection, @Nullable StreamPosition position) {
    connection.write(writer.encode(new ServerFrame.Resync(text(position))));
  }

  private static @Nullable String text(@Nullable StreamPosition position) {
    return position == null ? null : position.toString();
  }
}
