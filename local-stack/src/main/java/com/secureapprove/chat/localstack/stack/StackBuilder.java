package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.backing.Postgres;
import com.secureapprove.chat.localstack.backing.Redis;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds a stack of the programs that a checkout has built.
public final class StackBuilder {

  private static final String DATABASE = "chat";

  private final Checkout checkout;
  private final StackHome home;
  private StackPorts ports = StackPorts.of(Map.of(), 1);
  private Progress progress = Progress.SILENT;
  private Map<String, String> gatewaySettings = Map.of();
  private Map<String, String> variables = Map.of();
  private Map<Component, Integer> proxyPorts = Map.of();
  private RunMode runMode = RunMode.SMALL_JVM;
  private String redisMemory = Redis.DEFAULT_MEMORY;
  private Map<String, String> postgresSettings = Map.of();
  private Set<Component> without = Set.of();
  private boolean notifications;
  private @Nullable Backing external;

  /// @param home the directory of the stack
  public StackBuilder(Checkout checkout, StackHome home) {
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

  /// Sets whether notification-service runs. Without this, it does not.
  public StackBuilder notifications(boolean notifications) {
    this.notifications = notifications;
    return this;
  }

  /// Uses running servers, which this stack neither starts nor stops. Its start creates the
  /// database again and empties the logical Redis database.
  ///
  /// @param redisDatabase the number of the logical Redis database of all components
  public StackBuilder on(
      Postgres postgres, String database, Redis redis, int redisDatabase, Keycloak keycloak) {
    this.external =
        new Backing(false, checkout, postgres, database, redis, redisDatabase, keycloak);
    return this;
  }

  /// Adds configuration properties of the gateway, such as another issuer or other limits.
  public StackBuilder gatewaySettings(Map<String, String> settings) {
    this.gatewaySettings = Map.copyOf(settings);
    return this;
  }

  /// Sets environment variables of the services and the gateway, which replace those of this stack.
  public StackBuilder variables(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
    return this;
  }

  /// Sets loopback proxy ports through which services and gateway reach PostgreSQL and Redis.
  public StackBuilder proxyPorts(Map<Component, Integer> proxyPorts) {
    this.proxyPorts = Map.copyOf(proxyPorts);
    return this;
  }

  /// Sets how the services and the gateway run. Without this, they run on a small JVM.
  public StackBuilder runMode(RunMode runMode) {
    this.runMode = runMode;
    return this;
  }

  /// Sets the memory limit of this stack's own Redis in its notation, such as `1gb`.
  public StackBuilder redisMemory(String limit) {
    this.redisMemory = limit;
    return this;
  }

  /// Adds settings of this stack's own PostgreSQL, such as preloaded libraries.
  public StackBuilder postgresSettings(Map<String, String> settings) {
    this.postgresSettings = Map.copyOf(settings);
    return this;
  }

  /// Builds the stack without starting it.
  public Stack build() {
    return new Stack(
        new StackOptions(
            checkout,
            home,
            ports,
            progress,
            components(),
            external == null
                ? Backing.own(checkout, home, ports, DATABASE, postgresSettings, redisMemory)
                : external,
            gatewaySettings,
            variables,
            proxyPorts,
            runMode));
  }

  private Set<Component> components() {
    Set<Component> components = EnumSet.allOf(Component.class);
    components.removeAll(without);
    if (!notifications) {
      components.remove(Component.NOTIFICATION);
    }
    components.removeIf(component -> external != null && !component.isOwn());
    return components;
  }
}
