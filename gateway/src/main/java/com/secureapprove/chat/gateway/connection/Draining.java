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

/// The end of a gateway. From the signal on it is not ready and takes no new sockets; it closes
/// those that are open in batches, each after what its client asked for is answered, and lets the
/// process stop when none is left and every request has its answer.
///
/// It runs before Quarkus stops its server, which would cut all sockets at once.
@Singleton
public class Draining {
  private static final Logger LOG = Logger.getLogger(Draining.class);
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(250);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final OpenConnections connections;
  private final RequestsInFlight requests;
  private final DrainingConfig config;
  private volatile boolean begun;

  Draining(OpenConnections connections, RequestsInFlight requests, DrainingConfig config) {
    this.connections = connections;
    this.requests = requests;
    this.config = config;
  }

  /// Whether this gateway is about to stop.
  public boolean hasBegun() {
    return begun;
  }

  /// Returns when all sockets are closed, or have had the time to be.
  void drain(@Observes ShutdownDelayInitiatedEvent signal) {
    begun = true;
    List<Connection> leaving = connections.all();
    Collections.shuffle(leaving);
    LOG.infof("draining_begun connections=%d", leaving.size());
    int batches = (int) Math.max(1, config.over().dividedBy(BETWEEN_BATCHES));
    int batch = Math.ceilDiv(leaving.size(), batches);
    for (int from = 0; from < leaving.size(); from += batch) {
      leaving
          .subList(from, Math.min(leaving.size(), from + batch))
          .forEach(connection -> connection.drain(config.answersWithin()));
      pause();
    }
    // those too that were on their way in when it began
    boolean closed =
        waitFor(
            config.answersWithin().plus(Connection.CLOSE_GRACE),
            () -> {
              connections.all().forEach(connection -> connection.drain(config.answersWithin()));
              return connections.all().isEmpty();
            });
    boolean answered = waitFor(config.requestsWithin(), () -> !requests.any());
    LOG.infof("draining_done all_closed=%b all_answered=%b", closed, answered);
  }

  private static boolean waitFor(Duration atMost, BooleanSupplier condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    return true;
  }

  /// Between half of the time and one and a half: gateways that stop together do not keep step.
  private static void pause() {
    long mean = BETWEEN_BATCHES.toNanos();
    LockSupport.parkNanos(mean / 2 + ThreadLocalRandom.current().nextLong(mean));
  }
}
