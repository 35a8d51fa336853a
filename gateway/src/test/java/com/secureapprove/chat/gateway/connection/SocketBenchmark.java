package com.secureapprove.chat.gateway.connection;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.RawSockets;
import com.secureapprove.chat.gateway.frames.EncodedFrame;
import com.secureapprove.chat.gateway.frames.FrameWriter;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.sun.management.OperatingSystemMXBean;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Measures the cost of a connection: run with `-Dtest=SocketBenchmark -Dchat.benchmark=true`.
@QuarkusTest
@EnabledIfSystemProperty(named = "chat.benchmark", matches = "true")
class SocketBenchmark extends GatewayTest {
  private static final int SOCKETS = 500;
  private static final int ROUNDS = 1_000;
  private static final int WARM_UP = 1_000;
  private static final int IDLE = 5_000;
  private static final int FRAME_HEADER = 4;

  @Inject OpenConnections open;
  @Inject FrameWriter writer;

  @Test
  void oneFrameToFiveHundredSockets() throws IOException {
    try (RawSockets clients = new RawSockets()) {
      clients.connect(SOCKETS, Client.token("acme", "alice"));
      List<Connection> connections = settled(clients, SOCKETS);
      EncodedFrame frame = writer.encode(new ServerFrame.Pong("x".repeat(600)));
      for (int i = 0; i < WARM_UP; i++) {
        fanOut(clients, connections, frame);
      }
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long cpu = system.getProcessCpuTime() - clients.cpuTime();
      long[] times = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        times[i] = fanOut(clients, connections, frame);
      }
      cpu = system.getProcessCpuTime() - clients.cpuTime() - cpu;
      Arrays.sort(times);
      System.out.printf(
          "BENCH fan-out sockets=%d p50_us=%d p90_us=%d cpu_us_per_delivery=%.2f%n",
          SOCKETS,
          times[ROUNDS / 2] / 1_000,
          times[ROUNDS * 9 / 10] / 1_000,
          cpu / 1_000.0 / ROUNDS / SOCKETS);
    }
    Awaitility.await().until(() -> all().isEmpty());
  }

  @Test
  void anIdleSocket() throws IOException {
    try (RawSockets warm = new RawSockets()) {
      warm.connect(SOCKETS, Client.token("acme", "alice"));
      settled(warm, SOCKETS);
    }
    Awaitility.await().until(() -> all().isEmpty());
    long before = heap();
    try (RawSockets clients = new RawSockets()) {
      clients.connect(IDLE, Client.token("acme", "alice"));
      settled(clients, IDLE);
      System.out.printf(
          "BENCH idle sockets=%d heap_bytes_per_socket=%d%n", IDLE, (heap() - before) / IDLE);
    }
    Awaitility.await().until(() -> all().isEmpty());
  }

  private static long fanOut(RawSockets clients, List<Connection> to, EncodedFrame frame) {
    long expected = clients.received() + (long) to.size() * (frame.utf8().length + FRAME_HEADER);
    long start = System.nanoTime();
    to.forEach(connection -> connection.write(frame));
    while (clients.received() < expected) {
      Thread.onSpinWait();
    }
    return System.nanoTime() - start;
  }

  /// All connections, after each has received its greeting.
  private List<Connection> settled(RawSockets clients, int count) {
    Awaitility.await().until(() -> all().size() == count);
    AtomicLong last = new AtomicLong(-1);
    Awaitility.await()
        .pollInterval(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(60))
        .until(() -> last.getAndSet(clients.received()) == clients.received());
    return all();
  }

  private List<Connection> all() {
    List<Connection> all = new ArrayList<>();
    open.closeAll(
        connection -> {
          all.add(connection);
          return false;
        },
        CloseCause.GONE);
    return all;
  }

  private static long heap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
