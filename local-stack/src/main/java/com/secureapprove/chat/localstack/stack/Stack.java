package com.secureapprove.chat.localstack.stack;

import static java.util.Comparator.naturalOrder;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.backing.Postgres;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.PortHolder;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The whole suite on this machine. Its processes outlive this program unless [#close] is called.
/// They are recorded in the home, so that the next program finds them.
///
/// Safe for several threads.
public final class Stack implements AutoCloseable {

  private static final Duration DIRECTORY_RESPONDS_WITHIN = Duration.ofMinutes(1);
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

  private final Checkout checkout;
  private final StackHome home;
  private final StackPorts ports;
  private final Progress progress;
  private final Set<Component> components;
  private final Backing backing;
  private final InternalKeys keys;
  private final Environments environments;
  private final Migrations migrations;
  private final ProcessLedger ledger;
  private final StartUp startUp;
  private final RunMode runMode;

  /// Held while a process is started and recorded, so that [#close] finds it.
  private final Object starting = new Object();

  private boolean closed;
  private final Set<String> up = Collections.synchronizedSet(new TreeSet<>());
  private final Map<Component, Balancer> balancers = new ConcurrentHashMap<>();

  Stack(StackOptions options) {
    this.checkout = options.checkout();
    this.home = options.home();
    this.ports = options.ports();
    this.progress = options.progress();
    this.components = options.components();
    this.backing = options.backing();
    this.keys = new InternalKeys(home.keys());
    this.environments =
        new Environments(
            home,
            ports,
            backing,
            options.proxyPorts(),
            keys,
            new Secrets(home.secrets()),
            components.contains(Component.NOTIFICATION),
            options.gatewaySettings(),
            options.variables());
    this.migrations = new Migrations(checkout);
    this.ledger = home.ledger();
    this.runMode = options.runMode();
    this.startUp = new StartUp(components, this::begin);
  }

  /// Starts all components and fills the directories. Components that do not depend on each other
  /// start concurrently. First stops the processes that an earlier run left.
  ///
  /// @throws ComponentFailure if a component did not start; the others are then stopped
  public void start() {
    stopLeftovers();
    forgetLogs();
    if (!backing.own()) {
      backing.postgres().freshDatabase(backing.database());
      backing.redis().clear(backing.redisDatabase());
    }
    try {
      startUp.run();
      if (!backing.own() || components.contains(Component.KEYCLOAK)) {
        backing.keycloak().announceLogouts(environments.publicUrl());
      }
      if (components.contains(Component.PRESENCE) && components.contains(Component.GATEWAY)) {
        fillDirectories();
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    } catch (IOException problem) {
      close();
      throw new ComponentFailure(Component.PRESENCE, problem);
    }
  }

  /// Adds the demo people to the directories, through the gateway. [#start] does this too, unless
  /// another process runs presence-service or the gateway.
  ///
  /// @throws IOException if the directory rejects them, or is down for a minute
  public void fillDirectories() throws IOException {
    fillDirectories(DIRECTORY_RESPONDS_WITHIN);
  }

  /// Adds the demo people to the directories, through the gateway. Reports to the progress why it
  /// waits.
  ///
  /// @param patience how long requests are repeated while the gateway or the directory is down
  /// @throws IOException if the directory rejects them, or is still down
  public void fillDirectories(Duration patience) throws IOException {
    new ScimProvisioning(baseUrl(), environments.provisioningTokens()).fill(patience, progress);
  }

  /// Starts the processes that have ended, dependencies first. Other components are not restarted.
  ///
  /// @return the names of the processes that were started
  /// @throws ComponentFailure if one did not start; those before it run
  public List<String> repair() {
    List<String> started = new ArrayList<>();
    for (Component component : Component.values()) {
      if (components.contains(component)) {
        if (component.isOwn()) {
          for (Instance instance : instances(component)) {
            if (ledger.running(instance.name()).isEmpty()) {
              start(instance);
              started.add(instance.name());
            }
          }
        } else if (ledger.running(component.label()).isEmpty()) {
          start(component);
          started.add(component.label());
        }
      }
    }
    return started;
  }

  /// Stops all components, dependencies last. Afterwards no component can be started. Ignores
  /// components that do not run.
  @Override
  public void close() {
    synchronized (starting) {
      closed = true;
    }
    startUp.cancel();
    up.clear();
    balancers.values().forEach(Balancer::close);
    balancers.clear();
    Shutdown.inTurn(ledger, this::stopOurs);
  }

  /// Starts all instances of a component that was stopped or killed.
  public void start(Component component) {
    try {
      begin(component);
    } catch (RuntimeException failure) {
      throw new ComponentFailure(component, failure);
    }
  }

  /// Starts one instance that was stopped or killed.
  public void start(Instance instance) {
    try {
      begin(instance);
    } catch (RuntimeException failure) {
      throw new ComponentFailure(instance.component(), failure);
    }
  }

  /// Stops all instances of a component gracefully.
  public void stop(Component component) {
    up.removeAll(names(component));
    if (component.isOwn()) {
      names(component).forEach(name -> ledger.stop(name, Service.STOPS_WITHIN));
    } else {
      backing.stop(component, ledger);
    }
  }

  /// Stops one instance gracefully.
  public void stop(Instance instance) {
    up.remove(instance.name());
    ledger.stop(instance.name(), Service.STOPS_WITHIN);
  }

  /// Kills all instances of a component with SIGKILL. Returns when they have ended.
  public void kill(Component component) {
    up.removeAll(names(component));
    names(component).forEach(this::kill);
  }

  /// Kills one instance with SIGKILL. Returns when it has ended.
  public void kill(Instance instance) {
    up.remove(instance.name());
    kill(instance.name());
  }

  private void kill(String name) {
    ledger
        .running(name)
        .ifPresent(process -> {
          process.handle().ifPresent(ProcessHandle::destroyForcibly);
          process.endsWithin(KILLED_WITHIN);
        });
  }

  /// Restarts a component. Stops it gracefully first if it runs.
  public void restart(Component component) {
    stop(component);
    start(component);
  }

  /// The instances of a component.
  public List<Instance> instances(Component component) {
    return ports.instances(component);
  }

  /// The running process of an instance or a backing service, by name.
  public Optional<ProcessHandle> process(String name) {
    return ledger.running(name).flatMap(KnownProcess::handle);
  }

  /// The names of the processes that have ended unexpectedly since the last call.
  public List<String> died() {
    List<String> died = new ArrayList<>();
    synchronized (up) {
      List<String> running = ledger.running().stream().map(KnownProcess::name).toList();
      up.stream().filter(name -> !running.contains(name)).forEach(died::add);
      died.forEach(up::remove);
    }
    return died;
  }

  /// The gateway's address for browsers.
  public URI baseUrl() {
    return URI.create(environments.publicUrl());
  }

  /// The loopback address at which other components call this one.
  public URI url(Component component) {
    return URI.create(environments.url(component));
  }

  /// The loopback address of an instance, without the balancer.
  public URI url(Instance instance) {
    return URI.create("http://127.0.0.1:" + ports.of(instance).port());
  }

  /// The address of an instance's health and metrics.
  public URI managementUrl(Instance instance) {
    return URI.create("http://127.0.0.1:" + ports.of(instance).management());
  }

  /// A person's access token.
  public String token(String tenant, String userName) {
    return backing.keycloak().token(tenant, userName);
  }

  /// The PostgreSQL server.
  public Postgres postgres() {
    return backing.postgres();
  }

  /// The Keycloak server.
  public Keycloak keycloak() {
    return backing.keycloak();
  }

  /// The keys with which components sign internal tokens.
  public InternalKeys keys() {
    return keys;
  }

  /// The environment variables to run a component outside this stack, which then migrates its own
  /// schema.
  public Map<String, String> environment(Component component) {
    return environments.ofMigrating(new Instance(component, 1));
  }

  /// The components that this stack starts.
  public Set<Component> components() {
    return Set.copyOf(components);
  }

  /// The directory of this stack.
  public StackHome home() {
    return home;
  }

  /// The current state of a component. With several instances, the worst state.
  public Condition condition(Component component) {
    if (!components.contains(component)) {
      return Condition.ELSEWHERE;
    }
    if (component.isOwn()) {
      return instances(component).stream().map(this::condition).max(naturalOrder()).orElseThrow();
    }
    if (ledger.running(component.label()).isEmpty()) {
      return Condition.ENDED;
    }
    return PortHolder.isTaken(ports.of(component)) ? Condition.READY : Condition.NOT_READY;
  }

  /// The current state of an instance.
  public Condition condition(Instance instance) {
    if (!components.contains(instance.component())) {
      return Condition.ELSEWHERE;
    }
    if (ledger.running(instance.name()).isEmpty()) {
      return Condition.ENDED;
    }
    return service(instance).isReady() ? Condition.READY : Condition.NOT_READY;
  }

  /// The address of a component as text.
  public String address(Component component) {
    return switch (component) {
      case POSTGRES, REDIS -> "127.0.0.1:" + ports.of(component);
      case KEYCLOAK -> backing.keycloak().address().toString();
      case GATEWAY -> environments.publicUrl();
      case PRESENCE, CONVERSATION, MESSAGE, ATTACHMENT, NOTIFICATION -> environments.url(component);
    };
  }

  /// Stops the processes that a killed earlier run left.
  public void stopLeftovers() {
    List<String> names = ledger.running().stream().map(KnownProcess::name).toList();
    if (!names.isEmpty()) {
      progress.note("Stopping processes of an earlier run: " + String.join(", ", names));
      Shutdown.inTurn(ledger, this::stopOurs);
    }
  }

  private void begin(Component component) {
    synchronized (starting) {
      requireOpen();
    }
    if (component.isOwn()) {
      if (ports.isShared(component)) {
        balancers.computeIfAbsent(component, this::balancer);
      }
      instances(component).forEach(this::begin);
    } else {
      long since = System.nanoTime();
      backing.start(component, ledger, home.log(component.label()));
      up.add(component.label());
      progress.ready(
          component.label(), address(component), Duration.ofNanos(System.nanoTime() - since));
    }
  }

  private void begin(Instance instance) {
    long since = System.nanoTime();
    Service service = service(instance);
    Map<String, String> environment = migratedEnvironment(instance);
    KnownProcess process;
    synchronized (starting) {
      requireOpen();
      process = service.launch(ledger, environment, home.log(instance.name()));
    }
    service.awaitReady(process);
    up.add(instance.name());
    progress.ready(
        instance.name(), url(instance).toString(), Duration.ofNanos(System.nanoTime() - since));
  }

  /// The environment of an instance, after the schema of its service was migrated. A service on a
  /// server that this stack does not know migrates its own schema.
  private Map<String, String> migratedEnvironment(Instance instance) {
    Component component = instance.component();
    if (backing.own() && !components.contains(Component.POSTGRES)) {
      return environments.ofMigrating(instance);
    }
    Map<String, String> environment = environments.of(instance);
    String database = environment.get("CHAT_DATABASE_URL");
    if (database != null && component != Component.GATEWAY) {
      migrations.migrate(component, database, environments.ownersPassword(component));
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

  /// The owner of shared backing services stops them.
  private void stopOurs(Component component) {
    if (backing.own() || component.isOwn()) {
      stop(component);
    }
  }

  private void forgetLogs() {
    try {
      for (Component component : components) {
        List<String> names =
            component.isOwn()
                ? instances(component).stream().map(Instance::name).toList()
                : List.of(component.label());
        for (String name : names) {
          Files.deleteIfExists(home.log(name));
        }
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private Service service(Instance instance) {
    return new Service(
        instance.name(),
        new Program(checkout, instance.component(), runMode),
        home.program(instance.name()),
        ports.of(instance).management());
  }
}
