package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.process.Ports;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/// Where each part listens on loopback.
///
/// @param main the port that others call
/// @param management where our own parts answer for their health and metrics
public record StackPorts(Map<Part, Integer> main, Map<Part, Integer> management) {

  public StackPorts {
    main = Map.copyOf(main);
    management = Map.copyOf(management);
  }

  /// The usual ports, some of them chosen otherwise; a part's management port follows its main one.
  public static StackPorts of(Map<Part, Integer> chosen) {
    Map<Part, Integer> main = new EnumMap<>(Part.class);
    Map<Part, Integer> management = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      int port = chosen.getOrDefault(part, part.defaultPort());
      main.put(part, port);
      if (part.isOwn()) {
        management.put(part, port + part.managementOffset());
      }
    }
    return new StackPorts(main, management);
  }

  /// Ports that nobody uses at this moment.
  public static StackPorts free() {
    Deque<Integer> free = new ArrayDeque<>(Ports.free(Part.values().length + Part.own().size()));
    Map<Part, Integer> main = new EnumMap<>(Part.class);
    Map<Part, Integer> management = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      main.put(part, free.remove());
      if (part.isOwn()) {
        management.put(part, free.remove());
      }
    }
    return new StackPorts(main, management);
  }

  /// The name of the environment variable that chooses a part's port.
  public static String variable(Part part) {
    return "CHAT_PORT_" + part.label().toUpperCase(Locale.ROOT);
  }

  /// The port that others call.
  public int of(Part part) {
    return required(main, part);
  }

  /// Where one of our own parts answers for its health and metrics.
  public int management(Part part) {
    return required(management, part);
  }

  /// All of them, in no order.
  public Stream<Integer> all() {
    return Stream.concat(main.values().stream(), management.values().stream());
  }

  Properties toProperties() {
    Properties properties = new Properties();
    main.forEach((part, port) -> properties.setProperty("main." + part.label(), "" + port));
    management.forEach(
        (part, port) -> properties.setProperty("management." + part.label(), "" + port));
    return properties;
  }

  static StackPorts from(Properties properties) {
    return new StackPorts(from(properties, "main."), from(properties, "management."));
  }

  private static Map<Part, Integer> from(Properties properties, String prefix) {
    Map<Part, Integer> ports = new EnumMap<>(Part.class);
    Arrays.stream(Part.values())
        .filter(part -> properties.containsKey(prefix + part.label()))
        .forEach(part ->
            ports.put(part, Integer.valueOf(properties.getProperty(prefix + part.label()))));
    return ports;
  }

  private static int required(Map<Part, Integer> ports, Part part) {
    Integer port = ports.get(part);
    if (port == null) {
      throw new IllegalArgumentException(part.label() + " has no such port");
    }
    return port;
  }
}
