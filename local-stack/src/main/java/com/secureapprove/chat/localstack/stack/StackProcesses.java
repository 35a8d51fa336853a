package com.secureapprove.chat.localstack.stack;

import static java.util.Comparator.naturalOrder;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.PortHolder;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The processes of a stack, and the balancers in front of components with several instances.
///
/// Safe for several threads.
final class StackProcesses {
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

  private final StackOptions options;
  private final StackPorts ports;
  private final Backing backing;
  private final Environments environments;
  private final ProcessLedger ledger;
  private final Map<Instance, Checkout> releases = new ConcurrentHashMap<>();
  private final Map<Checkout, Migrations> migrations = new ConcurrentHashMap<>();

  /// Held while a process is started and recorded, so that [#refuseStarts] leaves none unrecorded.
  private final Object starting = new Object();

  private boolean closed;
  private final Set<String> up = Collections.synchronizedSet(new TreeSet<>());
  private final Map<Component, Balancer> balancers = new ConcurrentHashMap<>();

  StackProcesses(StackOptions options, Environments environments) {
    this.options = options;
    this.ports = options.ports();
    this.backing = options.backing();
    this.environments = environments;
    this.ledger = options.home().ledger();
  }

  /// Starts the processes of a component, and its balancer if it has several instances.
  void start(Component component) {
    synchronized (starting) {
      requireOpen();
    }
    if (component.isOwn()) {
      if (ports.isShared(component)) {
        balancers.computeIfAbsent(component, this::balancer);
      }
      ports.instances(component).forEach(this::start);
    } else {
      long since = System.nanoTime();
      backing.start(component, ledger, options.home().log(component.label()));
      up.add(component.label());
      options
          .progress()
          .ready(
              component.label(),
              environments.address(component),
              Duration.ofNanos(System.nanoTime() - since));
    }
  }

  /// Starts one instance. Returns when it is ready.
  void start(Instance instance) {
    long since = System.nanoTime();
    Service service = service(instance);
    Map<String, String> environment = migratedEnvironment(instance);
    KnownProcess process;
    synchronized (starting) {
      requireOpen();
      process = service.launch(ledger, environment, options.home().log(instance.name()));
    }
    service.awaitReady(process);
    up.add(instance.name());
    options
        .progress()
        .ready(
            instance.name(),
            environments.url(instance),
            Duration.ofNanos(System.nanoTime() - since));
  }

  /// Stops all instances of a component gracefully.
  void stop(Component component) {
    up.removeAll(names(component));
    if (component.isOwn()) {
      names(component).forEach(name -> ledger.stop(name, Service.STOPS_WITHIN));
    } else {
      backing.stop(component, ledger);
    }
  }

  /// Stops one instance gracefully.
  void stop(Instance instance) {
    up.remove(instance.name());
    ledger.stop(instance.name(), Service.STOPS_WITHIN);
  }

  /// Kills all instances of a component with SIGKILL. Returns when they have ended.
  void kill(Component component) {
    up.removeAll(names(component));
    names(component).forEach(this::kill);
  }

  /// Kills one instance with SIGKILL. Returns when it has ended.
  void kill(Instance instance) {
    up.remove(instance.name());
    kill(instance.name());
  }

  /// Stops all processes, dependencies last, and the balancers. Leaves shared backing services.
  void stopAll() {
    up.clear();
    balancers.values().forEach(Balancer::close);
    balancers.clear();
    Shutdown.inTurn(
        ledger,
        component -> {
          // The owner of shared backing services stops them.
          if (backing.own() || component.isOwn()) {
            stop(component);
          }
        });
  }

  /// Refuses further starts.
  void refuseStarts() {
    synchronized (starting) {
      closed = true;
    }
  }

  /// The running process of an instance or a backing service, by name.
  Optional<KnownProcess> running(String name) {
    return ledger.running(name);
  }

  /// The names of all running processes.
  List<String> running() {
    return ledger.running().stream().map(KnownProcess::name).toList();
  }

  /// The names of the processes that have ended unexpectedly since the last call.
  List<String> died() {
    List<String> died = new ArrayList<>();
    synchronized (up) {
      List<String> running = running();
      up.stream().filter(name -> !running.contains(name)).forEach(died::add);
      died.forEach(up::remove);
    }
    return died;
  }

  /// The current state of a component. With several instances, the worst state.
  Condition condition(Component component) {
    if (!options.components().contains(component)) {
      return Condition.ELSEWHERE;
    }
    if (component.isOwn()) {
      return ports.instances(component).stream()
          .map(this::condition)
          .max(naturalOrder())
          .orElseThrow();
    }
    if (ledger.running(component.label()).isEmpty()) {
      return Condition.ENDED;
    }
    return PortHolder.isTaken(ports.of(component)) ? Condition.READY : Condition.NOT_READY;
  }

  /// The current state of an instance.
  Condition condition(Instance instance) {
    if (!options.components().contains(instance.component())) {
      return Condition.ELSEWHERE;
    }
    if (ledger.running(instance.name()).isEmpty()) {
      return Condition.ENDED;
    }
    return service(instance).isReady() ? Condition.READY : Condition.NOT_READY;
  }

  private void kill(String name) {
    ledger
        .running(name)
        .ifPresent(process -> {
          process.handle().ifPresent(ProcessHandle::destroyForcibly);
          process.endsWithin(KILLED_WITHIN);
        });
  }

  /// The environment of an instance, after the schema of its service was migrated. A service on a
  /// server that this stack does not know migrates its own schema.
  private Map<String, String> migratedEnvironment(Instance instance) {
    Component component = instance.component();
    if (backing.own() && !options.components().contains(Component.POSTGRES)) {
      return environments.ofMigrating(instance);
    }
    Map<String, String> environment = environments.of(instance);
    String database = environment.get("CHAT_DATABASE_URL");
    if (database != null && component != Component.GATEWAY) {
      migrations
          .computeIfAbsent(releaseOf(instance), Migrations::new)
          .migrate(component, database, environments.ownersPassword(component));
    }
    return environment;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the stack is closed");
    }
  }

  private Balancer balancer(Component component) {
    return new Balancer(ports, component, instance -> service(instance).isReady());
  }

  /// The names of a component's processes in the ledger.
  private List<String> names(Component component) {
    return component.isOwn()
        ? ledger.running().stream()
            .map(KnownProcess::name)
            .filter(name -> Instance.isNameOf(component, name))
            .toList()
        : List.of(component.label());
  }

  void runFrom(Instance instance, Checkout release) {
    releases.put(instance, release);
  }

  private Checkout releaseOf(Instance instance) {
    return releases.getOrDefault(instance, options.checkout());
  }

  private Service service(Instance instance) {
    return new Service(
        instance.name(),
        new Program(releaseOf(instance), instance.component(), options.runMode()),
        options.home().program(instance.name()),
        ports.of(instance).management());
  }
}
