package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.process.Ports;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The loopback ports of each component.
///
/// @param main the port that others call
/// @param instances the ports of each instance; a single instance listens on the main port
public record StackPorts(Map<Part, Integer> main, Map<Part, List<Listening>> instances) {

  private static final int MANAGEMENT_OFFSET = 1000;
  private static final int BETWEEN_INSTANCES = 10;

  public StackPorts {
    main = Map.copyOf(main);
    instances = Map.copyOf(instances);
  }

  /// The ports of one instance.
  ///
  /// @param port for calls
  /// @param management for its health and metrics
  public record Listening(int port, int management) {}

  /// The default ports, with changes. A management port is 1000 above the main port. With several
  /// instances, the first listens 10 above the main port, the next 20 above, and so on.
  ///
  /// @param replicas the number of instances of each component
  public static StackPorts of(Map<Part, Integer> chosen, int replicas) {
    Map<Part, Integer> main = new EnumMap<>(Part.class);
    Map<Part, List<Listening>> instances = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      int port = chosen.getOrDefault(part, part.defaultPort());
      main.put(part, port);
      if (part.isOwn()) {
        instances.put(
            part,
            IntStream.rangeClosed(1, replicas)
                .map(number -> replicas == 1 ? port : port + number * BETWEEN_INSTANCES)
                .mapToObj(each -> new Listening(each, each + MANAGEMENT_OFFSET))
                .toList());
      }
    }
    return new StackPorts(main, instances);
  }

  /// Free ports for one instance of each component.
  public static StackPorts free() {
    return free(1);
  }

  /// Free ports.
  ///
  /// @param replicas the number of instances of each component
  public static StackPorts free(int replicas) {
    int needed = Part.values().length + Part.own().size() * 2 * replicas;
    Deque<Integer> free = new ArrayDeque<>(Ports.free(needed));
    Map<Part, Integer> main = new EnumMap<>(Part.class);
    Map<Part, List<Listening>> instances = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      int port = free.remove();
      main.put(part, port);
      if (part.isOwn()) {
        instances.put(
            part,
            IntStream.range(0, replicas)
                .mapToObj(_ -> new Listening(replicas == 1 ? port : free.remove(), free.remove()))
                .toList());
      }
    }
    return new StackPorts(main, instances);
  }

  /// The name of the environment variable that sets a component's port.
  public static String variable(Part part) {
    return "CHAT_PORT_" + part.label().toUpperCase(Locale.ROOT);
  }

  /// The component's main port, which others call.
  public int of(Part part) {
    return required(main, part);
  }

  /// The instances of a component, in order.
  public List<Instance> instances(Part part) {
    return IntStream.rangeClosed(1, required(instances, part).size())
        .mapToObj(number -> new Instance(part, number))
        .toList();
  }

  /// The ports of one instance.
  public Listening of(Instance instance) {
    return required(instances, instance.part()).get(instance.number() - 1);
  }

  /// Whether a component has several instances behind a balancer.
  boolean isShared(Part part) {
    return part.isOwn() && required(instances, part).size() > 1;
  }

  /// All ports, without duplicates, in no order.
  public Stream<Integer> all() {
    Stream<Integer> shared = main.keySet().stream().filter(this::isShared).map(main::get);
    Stream<Integer> backing = main.keySet().stream().filter(part -> !part.isOwn()).map(main::get);
    Stream<Integer> own =
        instances.values().stream()
            .flatMap(List::stream)
            .flatMap(each -> Stream.of(each.port(), each.management()));
    return Stream.of(shared, backing, own).flatMap(each -> each);
  }

  Properties toProperties() {
    Properties properties = new Properties();
    main.forEach((part, port) -> properties.setProperty("main." + part.label(), "" + port));
    instances.forEach((part, all) ->
        properties.setProperty(
            "instances." + part.label(),
            all.stream()
                .map(each -> each.port() + "+" + each.management())
                .collect(Collectors.joining(","))));
    return properties;
  }

  static StackPorts from(Properties properties) {
    Map<Part, Integer> main = new EnumMap<>(Part.class);
    Map<Part, List<Listening>> instances = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      main.put(part, Integer.valueOf(properties.getProperty("main." + part.label())));
      if (part.isOwn()) {
        String written = properties.getProperty("instances." + part.label());
        instances.put(
            part,
            Arrays.stream(written.split(","))
                .map(each -> each.split("\\+"))
                .map(pair -> new Listening(Integer.parseInt(pair[0]), Integer.parseInt(pair[1])))
                .toList());
      }
    }
    return new StackPorts(main, instances);
  }

  private static <T> T required(Map<Part, T> ports, Part part) {
    T found = ports.get(part);
    if (found == null) {
      throw new IllegalArgumentException(part.label() + " has no configured port");
    }
    return found;
  }
}
