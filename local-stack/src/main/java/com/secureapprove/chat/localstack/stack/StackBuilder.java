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
  Map<Component, Integer> detours = Map.of();
  boolean imageJvm;
  private Set<Component> without = Set.of();
  private String database = DATABASE;
  private @Nullable BackingParts shared;

  StackBuilder(Checkout checkout, StackHome home) {
    this.checkout = checkout;
    this.home = home;
  }

  /// Sets the ports. Without this, the default ports are used.
  public StackBuilder ports(StackPorts ports) {
    this.ports = ports;
    return this;
  }

  /// Sets the receiver of progress.
  public StackBuilder progress(Progress progress) {
    this.progress = progress;
    return this;
  }

  /// Sets the components that another process runs on their ports.
  public StackBuilder without(Set<Component> without) {
    this.without = Set.copyOf(without);
    return this;
  }

  /// Uses the tests' PostgreSQL, Redis and Keycloak. The start creates a database of this name.
  public StackBuilder on(BackingParts components, String database) {
    this.shared = components;
    this.database = database;
    return this;
  }

  /// Adds configuration properties of the gateway, such as another issuer or other limits.
  public StackBuilder gatewaySettings(Map<String, String> settings) {
    this.gatewaySettings = Map.copyOf(settings);
    return this;
  }

  /// Sets loopback proxy ports through which services and gateway reach PostgreSQL and Redis.
  public StackBuilder detours(Map<Component, Integer> detours) {
    this.detours = Map.copyOf(detours);
    return this;
  }

  /// Runs the services and the gateway with both JIT compilers and the heap size of the container
  /// images. By default they use a small JVM that starts fast.
  public StackBuilder imageJvm() {
    this.imageJvm = true;
    return this;
  }

  /// Builds the stack without starting it. Starts the tests' Keycloak if this stack uses it.
  public Stack build() {
    if (shared == null) {
      return new Stack(this, Backing.own(checkout, home, ports, database));
    }
    shared.endToo(home.processes());
    return new Stack(this, Backing.shared(checkout, shared, database));
  }

  Set<Component> components() {
    Set<Component> components = EnumSet.allOf(Component.class);
    components.removeAll(without);
    components.removeIf(component -> shared != null && !component.isOwn());
    return components;
  }
}
