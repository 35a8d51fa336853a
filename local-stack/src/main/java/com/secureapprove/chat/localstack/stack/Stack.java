package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.Keycloak;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.PortHolder;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The whole suite on this machine. Its parts are programs of their own that outlive this one
/// unless [#close] is called; what runs is written down in the home, so that the next one finds it.
///
/// Safe for several threads.
public final class Stack implements AutoCloseable {

  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);

  private final Checkout checkout;
  private final StackHome home;
  private final StackPorts ports;
  private final Progress progress;
  private final Set<Part> parts;
  private final Backing backing;
  private final InternalKeys keys;
  private final Environments environments;
  private final ProcessLedger ledger;
  private final StartUp startUp;
  private final Set<Part> up = Collections.synchronizedSet(EnumSet.noneOf(Part.class));

  Stack(StackBuilder builder, Backing backing) {
    this.checkout = builder.checkout;
    this.home = builder.home;
    this.ports = builder.ports;
    this.progress = builder.progress;
    this.parts = builder.parts();
    this.backing = backing;
    this.keys = new InternalKeys(home.keys());
    this.environments =
        new Environments(
            home, ports, backing, keys, new Secrets(home.secrets()), builder.gatewaySettings);
    this.ledger = home.ledger();
    this.startUp = new StartUp(parts, this::begin);
  }

  /// A stack of this checkout's build.
  public static StackBuilder builder(Checkout checkout, StackHome home) {
    return new StackBuilder(checkout, home);
  }

  /// Starts every part, those at the same time that do not wait for each other, and fills the
  /// directories. Stops first what an earlier run left behind.
  ///
  /// @throws PartFailure when one did not start; the others are stopped then
  public void start() {
    stopLeftovers();
    forgetLogs();
    if (!backing.own()) {
      backing.postgres().freshDatabase(backing.database());
      backing.redis().clear(backing.redisDatabase());
    }
    try {
      startUp.run();
      if (parts.contains(Part.PRESENCE)) {
        fillDirectories();
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    } catch (IOException problem) {
      close();
      throw new PartFailure(Part.PRESENCE, problem);
    }
  }

  /// Puts the demo people into their tenants' directories. The start does so itself, unless
  /// somebody else runs the directory.
  ///
  /// @throws IOException when the directory does not take them
  public void fillDirectories() throws IOException {
    new Directory(url(Part.PRESENCE), keys).fill();
  }

  /// Stops every part, what others need last. Says nothing of one that is not running.
  @Override
  public void close() {
    startUp.cancel();
    up.clear();
    Shutdown.inTurn(ledger, this::stopOurs);
  }

  /// Starts one part that was stopped or killed.
  public void start(Part part) {
    try {
      begin(part);
    } catch (RuntimeException failure) {
      throw new PartFailure(part, failure);
    }
  }

  /// Stops one part in good order.
  public void stop(Part part) {
    up.remove(part);
    if (part.isOwn()) {
      service(part).stop(ledger);
    } else {
      backing.stop(part, ledger);
    }
  }

  /// Ends one part as a power cut would, and returns when it is gone.
  public void kill(Part part) {
    up.remove(part);
    ledger
        .running(part.label())
        .ifPresent(process -> {
          process.handle().ifPresent(ProcessHandle::destroyForcibly);
          process.endsWithin(KILLED_WITHIN);
        });
  }

  /// Stops one part in good order, if it runs, and starts it again.
  public void restart(Part part) {
    stop(part);
    start(part);
  }

  /// The parts that were up and have ended by themselves since this was last asked.
  public List<Part> died() {
    List<Part> died = new ArrayList<>();
    synchronized (up) {
      List<String> running = ledger.running().stream().map(KnownProcess::name).toList();
      up.stream().filter(part -> !running.contains(part.label())).forEach(died::add);
      died.forEach(up::remove);
    }
    return died;
  }

  /// The gateway's address, as people open it.
  public URI baseUrl() {
    return URI.create(environments.publicUrl());
  }

  /// A part's address on loopback, as the other parts call it.
  public URI url(Part part) {
    return URI.create(environments.url(part));
  }

  /// The address of a part's health and metrics.
  public URI managementUrl(Part part) {
    return URI.create("http://127.0.0.1:" + ports.management(part));
  }

  /// Somebody's access token.
  public String token(String tenant, String userName) {
    return backing.keycloak().token(tenant, userName);
  }

  /// Keycloak, for what else there is to ask of it.
  public Keycloak keycloak() {
    return backing.keycloak();
  }

  /// The keys with which the parts sign their internal tokens.
  public InternalKeys keys() {
    return keys;
  }

  /// What one of our own parts is told, to run it elsewhere against the rest.
  public Map<String, String> environment(Part part) {
    return environments.of(part);
  }

  /// The parts that this stack starts.
  public Set<Part> parts() {
    return Set.copyOf(parts);
  }

  /// Where this stack keeps what it keeps.
  public StackHome home() {
    return home;
  }

  /// How a part is doing at this moment.
  public Condition condition(Part part) {
    if (!parts.contains(part)) {
      return Condition.ELSEWHERE;
    }
    if (ledger.running(part.label()).isEmpty()) {
      return Condition.ENDED;
    }
    boolean answers = part.isOwn() ? service(part).isReady() : PortHolder.isTaken(ports.of(part));
    return answers ? Condition.READY : Condition.NOT_READY;
  }

  /// A part's address in words.
  public String address(Part part) {
    return switch (part) {
      case POSTGRES, REDIS -> "127.0.0.1:" + ports.of(part);
      case KEYCLOAK -> backing.keycloak().address().toString();
      case GATEWAY -> environments.publicUrl();
      case PRESENCE, CONVERSATION, MESSAGE, ATTACHMENT -> environments.url(part);
    };
  }

  /// Stops what an earlier run left behind, because whoever ran it was killed.
  public void stopLeftovers() {
    List<String> names = ledger.running().stream().map(KnownProcess::name).toList();
    if (!names.isEmpty()) {
      progress.note("Stopping what an earlier run left behind: " + String.join(", ", names));
      Shutdown.inTurn(ledger, this::stopOurs);
    }
  }

  private void begin(Part part) {
    long since = System.nanoTime();
    Path log = home.log(part.label());
    if (part.isOwn()) {
      service(part).start(ledger, environments.of(part), log);
    } else {
      backing.start(part, ledger, log);
    }
    up.add(part);
    progress.ready(part, address(part), Duration.ofNanos(System.nanoTime() - since));
  }

  /// Somebody else uses backing parts that are shared, and ends them.
  private void stopOurs(Part part) {
    if (backing.own() || part.isOwn()) {
      stop(part);
    }
  }

  private void forgetLogs() {
    try {
      for (Part part : parts) {
        Files.deleteIfExists(home.log(part.label()));
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private Service service(Part part) {
    return new Service(
        part,
        checkout.root().resolve(part.module()).resolve("target/quarkus-app"),
        home.program(part.label()),
        ports.management(part));
  }
}
