package com.secureapprove.chat.gateway.connection;

import com.secureapprove.chat.gateway.http.RequestsInFlight;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/// Drains the gateway before shutdown:
///
/// 1. The readiness probe fails and new connections are refused.
/// 2. The open connections are closed in batches over a period, so that the clients do not
///    reconnect all together. Each connection gets its pending responses first.
/// 3. The process stops when all connections are closed and all requests are answered, or after a
///    timeout.
///
/// This runs before Quarkus stops its server, which would cut all connections immediately.
@Singleton
public class Draining {
  private static final Logger LOG = Logger.getLogger(Draining.class);
  private static final Duration BATCH_INTERVAL = Duration.ofMillis(250);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private final OpenConnections connections;
  private final RequestsInFlight requests;
  private final DrainingConfig config;
  private volatile boolean started;

  Draining(OpenConnections connections, RequestsInFlight requests, DrainingConfig config) {
    this.connections = connections;
    this.requests = requests;
    this.config = config;
  }

  /// Whether the drain has started.
  public boolean hasStarted() {
    return started;
  }

  /// Returns when the drain is complete or timed out.
  void drain(@Observes ShutdownDelayInitiatedEvent signal) {
    started = true;
    List<Connection> leaving = connections.all();
    Collections.shuffle(leaving);
    LOG.infof("drain_started connections=%d", leaving.size());
    int batches = (int) Math.max(1, config.over().dividedBy(BATCH_INTERVAL));
    int batch = Math.ceilDiv(leaving.size(), batches);
    for (int from = 0; from < leaving.size(); from += batch) {
      leaving
          .subList(from, Math.min(leaving.size(), from + batch))
          .forEach(connection -> connection.drain(config.answersWithin()));
      pause();
    }
    // also the connections whose handshake was in progress when the drain started
    boolean closed =
        waitFor(
            config.answersWithin().plus(Connection.CLOSE_GRACE),
            () -> {
              connections.all().forEach(connection -> connection.drain(config.answersWithin()));
              return connections.all().isEmpty();
            });
    boolean answered = waitFor(config.requestsWithin(), () -> !requests.any());
    LOG.infof("drain_finished all_closed=%b all_answered=%b", closed, answered);
  }

  private static boolean waitFor(Duration atMost, BooleanSupplier condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
    return true;
  }

  /// Waits for the interval with a jitter of half the interval, so that several gateways that stop
  /// together are not synchronized.
  private static void pause() {
    long mean = BATCH_INTERVAL.toNanos();
    LockSupport.parkNanos(mean / 2 + ThreadLocalRandom.current().nextLong(mean));
  }
}
