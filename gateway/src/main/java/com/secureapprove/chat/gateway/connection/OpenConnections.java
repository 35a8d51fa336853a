package com.secureapprove.chat.gateway.connection;

import com.secureapprove.chat.gateway.limits.Permits;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import io.quarkus.runtime.Startup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// All open connections of this gateway. Closes connections without a heartbeat and connections
/// whose credentials have expired.
@Startup
@Singleton
public class OpenConnections {
  /// The heartbeat interval: how often a client should send `ping`.
  public static final Duration PING_INTERVAL = Duration.ofSeconds(30);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  /// How long the lookup of a new expiry may take.
  private static final Duration EXPIRY_LOOKUP_TIMEOUT = Duration.ofSeconds(10);

  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Vertx vertx;
  private final GatewayMeters meters;
  private final ConnectionsConfig config;
  private final Permits<String> ofTenant;
  private final Permits<Person> ofPerson;
  private volatile Function<Connection, Future<Instant>> expiryLookup =
      _ -> Future.succeededFuture(Instant.EPOCH);
  private final Clock clock = Clock.systemUTC();
  private long timer;

  private record Person(String tenant, String id) {
    static Person of(Connection connection) {
      return new Person(connection.tenant(), connection.userId());
    }
  }

  OpenConnections(Vertx vertx, GatewayMeters meters, ConnectionsConfig config) {
    this.vertx = vertx;
    this.meters = meters;
    meters.register(
        GatewayMeters.CLOSED, "cause", Stream.of(CloseCause.values()).map(CloseCause::toString));
    this.config = config;
    this.ofTenant = new Permits<>(config.perTenant());
    this.ofPerson = new Permits<>(config.perPerson());
  }

  @PostConstruct
  void start() {
    timer = vertx.setPeriodic(CHECK_INTERVAL.toMillis(), _ -> check());
  }

  @PreDestroy
  void stop() {
    vertx.cancelTimer(timer);
    connections.forEach(connection -> connection.close(CloseCause.DRAINING));
  }

  /// Adds a connection.
  ///
  /// @return false if the person or the tenant has reached its limit
  public boolean add(Connection connection) {
    if (!ofPerson.tryAcquire(Person.of(connection))) {
      meters.connectionRefused("person");
      return false;
    }
    if (!ofTenant.tryAcquire(connection.tenant())) {
      ofPerson.release(Person.of(connection));
      meters.connectionRefused("tenant");
      return false;
    }
    connections.add(connection);
    meters.connectionOpened();
    return true;
  }

  /// Removes a closed connection.
  public void remove(Connection connection) {
    if (connections.remove(connection)) {
      ofPerson.release(Person.of(connection));
      ofTenant.release(connection.tenant());
      connection.end(CloseCause.GONE);
      meters.connectionClosed(connection.cause().toString());
    }
  }

  /// Closes all connections that match.
  public void closeAll(Predicate<Connection> which, CloseCause cause) {
    connections.stream().filter(which).forEach(connection -> connection.close(cause));
  }

  /// Sets the lookup that runs when a connection's credentials expire. It returns the new expiry,
  /// which is in the past if the connection must close.
  public void onExpiry(Function<Connection, Future<Instant>> expiryLookup) {
    this.expiryLookup = expiryLookup;
  }

  /// A snapshot of the open connections.
  List<Connection> all() {
    return new ArrayList<>(connections);
  }

  private void check() {
    Instant now = clock.instant();
    for (Connection connection : connections) {
      if (connection.isExpiredAt(now)) {
        closeIfExpired(connection, now);
      } else if (connection.isSilentFor(config.silence())) {
        connection.close(CloseCause.SILENT);
      }
    }
  }

  /// Closes the connection, unless the lookup returns a later expiry.
  private void closeIfExpired(Connection connection, Instant now) {
    connection.renew(now.plus(EXPIRY_LOOKUP_TIMEOUT));
    expiryLookup
        .apply(connection)
        .onSuccess(until -> {
          if (until.isAfter(clock.instant())) {
            connection.renew(until);
          } else {
            connection.close(CloseCause.CREDENTIALS_ENDED);
          }
        });
  }
}
