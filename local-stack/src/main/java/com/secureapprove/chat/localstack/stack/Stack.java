package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.backing.Postgres;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.KnownProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The whole suite on this machine. Its processes outlive this program unless [#close] is called.
/// They are recorded in the home, so that the next program finds them.
///
/// Safe for several threads.
public final class Stack implements AutoCloseable {

  private static final Duration DIRECTORY_RESPONDS_WITHIN = Duration.ofMinutes(1);

  private final StackHome home;
  private final StackPorts ports;
  private final Progress progress;
  private final Set<Component> components;
  private final Backing backing;
  private final InternalKeys keys;
  private final Environments environments;
  private final StackProcesses processes;
  private final StartUp startUp;

  Stack(StackOptions options) {
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
    this.processes = new StackProcesses(options, environments);
    this.startUp = new StartUp(components, processes::start);
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
            if (processes.running(instance.name()).isEmpty()) {
              start(instance);
              started.add(instance.name());
            }
          }
        } else if (processes.running(component.label()).isEmpty()) {
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
    processes.refuseStarts();
    startUp.cancel();
    processes.stopAll();
  }

  /// Starts all instances of a component that was stopped or killed.
  public void start(Component component) {
    try {
      processes.start(component);
    } catch (RuntimeException failure) {
      throw new ComponentFailure(component, failure);
    }
  }

  /// Starts one instance that was stopped or killed.
  public void start(Instance instance) {
    try {
      processes.start(instance);
    } catch (RuntimeException failure) {
      throw new ComponentFailure(instance.component(), failure);
    }
  }

  /// Sets the checkout whose program an instance runs from its next start on, after the migrations
  /// of that checkout. Without this, it is the checkout of the stack.
  public void runFrom(Instance instance, Checkout release) {
    processes.runFrom(instance, release);
  }

  /// Stops all instances of a component gracefully.
  public void stop(Component component) {
    processes.stop(component);
  }

  /// Stops one instance gracefully.
  public void stop(Instance instance) {
    processes.stop(instance);
  }

  /// Kills all instances of a component with SIGKILL. Returns when they have ended.
  public void kill(Component component) {
    processes.kill(component);
  }

  /// Kills one instance with SIGKILL. Returns when it has ended.
  public void kill(Instance instance) {
    processes.kill(instance);
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
    return processes.running(name).flatMap(KnownProcess::handle);
  }

  /// The names of the processes that have ended unexpectedly since the last call.
  public List<String> died() {
    return processes.died();
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
    return URI.create(environments.url(instance));
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
    return processes.condition(component);
  }

  /// The current state of an instance.
  public Condition condition(Instance instance) {
    return processes.condition(instance);
  }

  /// The address of a component as text.
  public String address(Component component) {
    return environments.address(component);
  }

  /// Stops the processes that a killed earlier run left.
  public void stopLeftovers() {
    List<String> names = processes.running();
    if (!names.isEmpty()) {
      progress.note("Stopping processes of an earlier run: " + String.join(", ", names));
      processes.stopAll();
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
}
