package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.BackingParts;
import com.secureapprove.chat.localstack.Checkout;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of a stack.
public final class StackBuilder {

  private static final String DATABASE = "chat";

  final Checkout checkout;
  final StackHome home;
  StackPorts ports = StackPorts.of(Map.of(), 1);
  Progress progress = Progress.SILENT;
  Map<String, String> gatewaySettings = Map.of();
  Map<Part, Integer> detours = Map.of();
  boolean imageJvm;
  private Set<Part> without = Set.of();
  private String database = DATABASE;
  private @Nullable BackingParts shared;

  StackBuilder(Checkout checkout, StackHome home) {
    this.checkout = checkout;
    this.home = home;
  }

  /// Where the parts listen; without this, on the usual ports.
  public StackBuilder ports(StackPorts ports) {
    this.ports = ports;
    return this;
  }

  /// The receiver of progress.
  public StackBuilder progress(Progress progress) {
    this.progress = progress;
    return this;
  }

  /// Components that another process runs on their ports.
  public StackBuilder without(Set<Part> without) {
    this.without = Set.copyOf(without);
    return this;
  }

  /// Uses the tests' PostgreSQL, Redis and Keycloak, and a database of this name that is created at
  /// the start.
  public StackBuilder on(BackingParts parts, String database) {
    this.shared = parts;
    this.database = database;
    return this;
  }

  /// Further configuration properties of the gateway: another issuer, other limits.
  public StackBuilder gatewaySettings(Map<String, String> settings) {
    this.gatewaySettings = Map.copyOf(settings);
    return this;
  }

  /// Ports of loopback through which our own parts reach PostgreSQL and Redis instead of directly.
  public StackBuilder detours(Map<Part, Integer> detours) {
    this.detours = Map.copyOf(detours);
    return this;
  }

  /// Runs the services and the gateway with both compilers and the heap that the images give them,
  /// instead of the small JVM that starts fast.
  public StackBuilder imageJvm() {
    this.imageJvm = true;
    return this;
  }

  /// The stack, not started yet. Starts the tests' Keycloak where that is to be used and does not
  /// run yet.
  public Stack build() {
    if (shared == null) {
      return new Stack(this, Backing.own(checkout, home, ports, database));
    }
    shared.endToo(home.processes());
    return new Stack(this, Backing.shared(checkout, shared, database));
  }

  Set<Part> parts() {
    Set<Part> parts = EnumSet.allOf(Part.class);
    parts.removeAll(without);
    parts.removeIf(part -> shared != null && !part.isOwn());
    return parts;
  }
}
