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
public record StackPorts(Map<Component, Integer> main, Map<Component, List<Listening>> instances) {

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
  public static StackPorts of(Map<Component, Integer> chosen, int replicas) {
    Map<Component, Integer> main = new EnumMap<>(Component.class);
    Map<Component, List<Listening>> instances = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      int port = chosen.getOrDefault(component, component.defaultPort());
      main.put(component, port);
      if (component.isOwn()) {
        instances.put(
            component,
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
    return free(
        Component.own().stream().collect(Collectors.toMap(component -> component, _ -> replicas)));
  }

  /// Free ports.
  ///
  /// @param replicas the number of instances of some components; of others there is one
  public static StackPorts free(Map<Component, Integer> replicas) {
    int several = replicas.values().stream().mapToInt(Integer::intValue).sum();
    int needed = Component.values().length * 3 + 2 * several;
    Deque<Integer> free = new ArrayDeque<>(Ports.free(needed));
    Map<Component, Integer> main = new EnumMap<>(Component.class);
    Map<Component, List<Listening>> instances = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      int port = free.remove();
      main.put(component, port);
      if (component.isOwn()) {
        int count = replicas.getOrDefault(component, 1);
        instances.put(
            component,
            IntStream.range(0, count)
                .mapToObj(_ -> new Listening(count == 1 ? port : free.remove(), free.remove()))
                .toList());
      }
    }
    return new StackPorts(main, instances);
  }

  /// The name of the environment variable that sets a component's port.
  public static String variable(Component component) {
    return "CHAT_PORT_" + component.label().toUpperCase(Locale.ROOT);
  }

  /// The component's main port, which others call.
  public int of(Component component) {
    return required(main, component);
  }

  /// The instances of a component, in order.
  public List<Instance> instances(Component component) {
    return IntStream.rangeClosed(1, required(instances, component).size())
        .mapToObj(number -> new Instance(component, number))
        .toList();
  }

  /// The ports of one instance.
  public Listening of(Instance instance) {
    return required(instances, instance.component()).get(instance.number() - 1);
  }

  /// Whether a component has several instances behind a balancer.
  boolean isShared(Component component) {
    return component.isOwn() && required(instances, component).size() > 1;
  }

  /// All ports, without duplicates, in no order.
  public Stream<Integer> all() {
    Stream<Integer> shared = main.keySet().stream().filter(this::isShared).map(main::get);
    Stream<Integer> backing =
        main.keySet().stream().filter(component -> !component.isOwn()).map(main::get);
    Stream<Integer> own =
        instances.values().stream()
            .flatMap(List::stream)
            .flatMap(each -> Stream.of(each.port(), each.management()));
    return Stream.of(shared, backing, own).flatMap(each -> each);
  }

  Properties toProperties() {
    Properties properties = new Properties();
    main.forEach(
        (component, port) -> properties.setProperty("main." + component.label(), "" + port));
    instances.forEach((component, all) ->
        properties.setProperty(
            "instances." + component.label(),
            all.stream()
                .map(each -> each.port() + "+" + each.management())
                .collect(Collectors.joining(","))));
    return properties;
  }

  static StackPorts from(Properties properties) {
    Map<Component, Integer> main = new EnumMap<>(Component.class);
    Map<Component, List<Listening>> instances = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      main.put(component, Integer.valueOf(properties.getProperty("main." + component.label())));
      if (component.isOwn()) {
        String written = properties.getProperty("instances." + component.label());
        instances.put(
            component,
            Arrays.stream(written.split(","))
                .map(each -> each.split("\\+"))
                .map(pair -> new Listening(Integer.parseInt(pair[0]), Integer.parseInt(pair[1])))
                .toList());
      }
    }
    return new StackPorts(main, instances);
  }

  private static <T> T required(Map<Component, T> ports, Component component) {
    T found = ports.get(component);
    if (found == null) {
      throw new IllegalArgumentException(component.label() + " has no configured port");
    }
    return found;
  }
}
