package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.StackPorts;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The port of each component: from the option, else the environment variable, else the default.
final class PortOptions {

  private static final int HIGHEST = 65_535;
  private static final int MOST_REPLICAS = 5;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private final Map<Component, Integer> chosen = new EnumMap<>(Component.class);

  @Option(names = "--port-gateway", paramLabel = "<port>", description = "Default 8080.")
  void gateway(int port) {
    chosen.put(Component.GATEWAY, port);
  }

  @Option(names = "--port-conversation", paramLabel = "<port>", description = "Default 8081.")
  void conversation(int port) {
    chosen.put(Component.CONVERSATION, port);
  }

  @Option(names = "--port-message", paramLabel = "<port>", description = "Default 8082.")
  void message(int port) {
    chosen.put(Component.MESSAGE, port);
  }

  @Option(names = "--port-presence", paramLabel = "<port>", description = "Default 8083.")
  void presence(int port) {
    chosen.put(Component.PRESENCE, port);
  }

  @Option(names = "--port-attachment", paramLabel = "<port>", description = "Default 8084.")
  void attachment(int port) {
    chosen.put(Component.ATTACHMENT, port);
  }

  @Option(names = "--port-notification", paramLabel = "<port>", description = "Default 8085.")
  void notification(int port) {
    chosen.put(Component.NOTIFICATION, port);
  }

  @Option(names = "--port-keycloak", paramLabel = "<port>", description = "Default 8180.")
  void keycloak(int port) {
    chosen.put(Component.KEYCLOAK, port);
  }

  @Option(names = "--port-postgres", paramLabel = "<port>", description = "Default 15432.")
  void postgres(int port) {
    chosen.put(Component.POSTGRES, port);
  }

  @Option(names = "--port-redis", paramLabel = "<port>", description = "Default 16379.")
  void redis(int port) {
    chosen.put(Component.REDIS, port);
  }

  /// The ports of a stack.
  ///
  /// @param replicas the number of instances of each component
  StackPorts ports(int replicas) {
    if (replicas < 1 || replicas > MOST_REPLICAS) {
      refuse("--replicas must be between 1 and %d.".formatted(MOST_REPLICAS));
    }
    for (Component component : Component.values()) {
      @Nullable String value = System.getenv(StackPorts.variable(component));
      if (value != null && !value.isBlank() && !chosen.containsKey(component)) {
        chosen.put(component, number(StackPorts.variable(component), value));
      }
    }
    StackPorts ports = StackPorts.of(chosen, replicas);
    ports
        .all()
        .filter(port -> port < 1 || port > HIGHEST)
        .findAny()
        .ifPresent(port ->
            refuse("%d is not a valid port. Management ports are 1000 higher.".formatted(port)));
    if (ports.all().distinct().count() < ports.all().count()) {
      refuse("Two components cannot share a port. Management ports are 1000 higher.");
    }
    return ports;
  }

  private int number(String name, String value) {
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException _) {
      throw new ParameterException(
          spec.commandLine(), "%s must be a port, not %s".formatted(name, value));
    }
  }

  private void refuse(String why) {
    throw new ParameterException(spec.commandLine(), why);
  }
}
