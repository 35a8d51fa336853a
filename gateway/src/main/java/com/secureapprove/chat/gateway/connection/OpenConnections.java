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

/// All open connections of this gateway. Closes those that have fallen silent and those whose
/// credentials have ended.
@Startup
@Singleton
public class OpenConnections {
  /// How often a client should say `ping`.
  public static final Duration PING_INTERVAL = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /// How long the answer to a question about credentials may take.
  private static final Duration ASKING = Duration.ofSeconds(10);

  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Vertx vertx;
  private final GatewayMeters meters;
  private final ConnectionsConfig config;
  private final Permits<String> ofTenant;
  private final Permits<Person> ofPerson;
  private volatile Function<Connection, Future<Instant>> extension =
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
    this.config = config;
    this.ofTenant = new Permits<>(config.perTenant());
    this.ofPerson = new Permits<>(config.perPerson());
  }

  @PostConstruct
  void start() {
    timer = vertx.setPeriodic(LOOK.toMillis(), _ -> look());
  }

  @PreDestroy
  void stop() {
    vertx.cancelTimer(timer);
    connections.forEach(connection -> connection.close(CloseCause.DRAINING));
  }

  /// Takes a connection in, unless its person or tenant has as many as they may here.
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

  /// A connection is over, for whatever cause.
  public void remove(Connection connection) {
    if (connections.remove(connection)) {
      ofPerson.release(Person.of(connection));
      ofTenant.release(connection.tenant());
      connection.end(CloseCause.GONE);
      meters.connectionClosed(connection.cause().toString());
    }
  }

  /// Closes those that fit.
  public void closeAll(Predicate<Connection> which, CloseCause cause) {
    connections.stream().filter(which).forEach(connection -> connection.close(cause));
  }

  /// Asks from now on, when a connection's credentials end, until when they last after all.
  public void extendBy(Function<Connection, Future<Instant>> extension) {
    this.extension = extension;
  }

  /// Those that are open now.
  List<Connection> all() {
    return new ArrayList<>(connections);
  }

  private void look() {
    Instant now = clock.instant();
    for (Connection connection : connections) {
      if (connection.isEndedAt(now)) {
        end(connection, now);
      } else if (connection.isSilentFor(config.silence())) {
        connection.close(CloseCause.SILENT);
      }
    }
  }

  /// Whoever can tell that the credentials last longer than was known is asked first.
  private void end(Connection connection, Instant now) {
    connection.renew(now.plus(ASKING));
    extension
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
