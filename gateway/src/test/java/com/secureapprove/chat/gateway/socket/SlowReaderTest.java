package com.secureapprove.chat.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.RawSockets;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.connection.OpenConnections;
import com.secureapprove.chat.gateway.frames.EncodedFrame;
import com.secureapprove.chat.gateway.frames.FrameWriter;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.testsupport.websocket.RawWebSocket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SlowReaderTest extends GatewayTest {
  private static final int FRAMES = 1_000;
  private static final int SMALL_BUFFER = 4 << 10;

  /// 20 KB, so that all frames together exceed all network buffers.
  private static final String CONTENT = "x".repeat(20_000);

  @Inject OpenConnections connections;
  @Inject FrameWriter writer;

  @Test
  void aClientThatStopsReadingIsClosedAndDoesNotDelayOthers() throws IOException {
    try (Client bob = Client.connected("acme", "bob")) {
      Duration alone = sendToAll(bob);
      try (RawWebSocket stalled = RawSockets.open(Client.token("acme", "carol"), SMALL_BUFFER)) {
        Connection hers = connectionOf("id-of-carol");
        Duration beside = sendToAll(bob);
        assertThat(hers.isOpen()).isFalse();
        bob.nothingButPong();
        // the stalled reader must not slow down the other client
        assertThat(beside).isLessThan(alone.multipliedBy(4).plusSeconds(1));
        assertThat(stalled.closeCode()).isEqualTo(4408);
      }
    }
  }

  /// Writes to all connections, and measures how long this client takes to receive all frames.
  private Duration sendToAll(Client reader) {
    List<Connection> all = all();
    long start = System.nanoTime();
    for (int i = 0; i < FRAMES; i++) {
      EncodedFrame frame = writer.encode(new ServerFrame.Pong(i + CONTENT));
      all.forEach(connection -> connection.write(frame));
      assertThat(reader.nextOf("pong").path("event_id").asText()).startsWith(i + "x");
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Connection connectionOf(String userId) {
    return Awaitility.await()
        .until(
            () -> all().stream().filter(c -> c.userId().equals(userId)).toList(),
            found -> found.size() == 1)
        .getFirst();
  }

  private List<Connection> all() {
    List<Connection> all = new ArrayList<>();
    connections.closeAll(
        connection -> {
          all.add(connection);
          return false;
        },
        CloseCause.GONE);
    return all;
  }
}
