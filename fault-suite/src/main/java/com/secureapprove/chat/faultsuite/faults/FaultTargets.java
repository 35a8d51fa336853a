package com.secureapprove.chat.faultsuite.faults;

import com.secureapprove.chat.faultsuite.faults.Fault.Kind;
import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.process.TcpProxy;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.ComponentFailure;
import com.secureapprove.chat.localstack.stack.Instance;
import com.secureapprove.chat.localstack.stack.Stack;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The processes of a stack and the connections between them, as targets of faults.
public final class FaultTargets {

  static final String REDIS = "redis";
  static final String POSTGRES = "postgres";
  static final String TO_GATEWAYS = "connections to the gateways";
  static final String TO_REDIS = "connections to Redis";
  static final String TO_POSTGRES = "connections to PostgreSQL";
  static final String DISK = "the disk of the file store";

  private static final Duration CUT_INTERVAL = Duration.ofMillis(300);
  private static final Duration DELAY = Duration.ofMillis(60);
  private static final int LOST_BYTES = 20_000;
  private static final int START_ATTEMPTS = 4;

  private final Stack stack;
  private final Map<String, List<TcpProxy>> wires;
  private final SmallDisk disk;
  private final Checkout former;

  /// @param gateways the proxies through which clients reach the gateways
  /// @param former the release to which a roll back returns
  public FaultTargets(
      Stack stack,
      List<TcpProxy> gateways,
      TcpProxy redis,
      TcpProxy postgres,
      SmallDisk disk,
      Checkout former) {
    this.stack = stack;
    this.wires =
        Map.of(TO_GATEWAYS, gateways, TO_REDIS, List.of(redis), TO_POSTGRES, List.of(postgres));
    this.disk = disk;
    this.former = former;
  }

  /// The names of the services' instances.
  List<String> services() {
    return Component.own().stream()
        .filter(component -> component != Component.GATEWAY)
        .flatMap(this::names)
        .toList();
  }

  /// The names of the gateway's instances.
  List<String> gateways() {
    return names(Component.GATEWAY).toList();
  }

  boolean hasDisk() {
    return disk.isMounted();
  }

  private Stream<String> names(Component component) {
    return stack.instances(component).stream().map(Instance::name);
  }

  /// Injects a fault, waits for its duration, and ends it. Returns when ended processes are ready
  /// again.
  ///
  /// @param log receives failed attempts that were repeated
  /// @throws ComponentFailure if a process does not start after several attempts
  /// @throws IllegalStateException if a process ended without a fault
  void inject(Fault fault, Consumer<String> log) throws IOException {
    String target = fault.target();
    switch (fault.kind()) {
      case KILL, LOSE_TAIL, LOSE_ALL -> {
        signal("KILL", target);
        stop(target);
        if (fault.kind() == Kind.LOSE_TAIL) {
          loseTail();
        } else if (fault.kind() == Kind.LOSE_ALL) {
          loseAll();
        }
        Polling.pause(fault.lasts());
        start(target, log);
      }
      case TERMINATE -> {
        process(target);
        stop(target);
        Polling.pause(fault.lasts());
        start(target, log);
      }
      case PAUSE -> {
        signal("STOP", target);
        Polling.pause(fault.lasts());
        signal("CONT", target);
      }
      case CUT -> {
        long end = System.nanoTime() + fault.lasts().toNanos();
        while (System.nanoTime() < end) {
          wires(target).forEach(TcpProxy::cut);
          Polling.pause(CUT_INTERVAL);
        }
      }
      case SLOW -> {
        wires(target).forEach(wire -> wire.slowDown(DELAY));
        Polling.pause(fault.lasts());
        wires(target).forEach(wire -> wire.slowDown(Duration.ZERO));
      }
      case FILL -> {
        disk.fill();
        Polling.pause(fault.lasts());
        disk.empty();
      }
      case UPGRADE -> replace(target, Checkout.current(), log);
      case ROLL_BACK -> replace(target, former, log);
    }
  }

  private void replace(String target, Checkout release, Consumer<String> log) {
    process(target);
    stop(target);
    stack.runFrom(instance(target), release);
    start(target, log);
  }

  private List<TcpProxy> wires(String target) {
    return wires.getOrDefault(target, List.of());
  }

  private void stop(String target) {
    switch (target) {
      case REDIS -> stack.stop(Component.REDIS);
      case POSTGRES -> stack.stop(Component.POSTGRES);
      default -> stack.stop(instance(target));
    }
  }

  /// Repeats a failed start, as an operator would: a dependency may have been faulty at that time.
  private void start(String target, Consumer<String> log) {
    for (int attempt = 1; ; attempt++) {
      try {
        startOnce(target);
        return;
      } catch (ComponentFailure failure) {
        if (attempt == START_ATTEMPTS) {
          throw failure;
        }
        log.accept("start %d failed: %s".formatted(attempt, failure.getMessage()));
        stop(target);
      }
    }
  }

  private void startOnce(String target) {
    switch (target) {
      case REDIS -> stack.start(Component.REDIS);
      case POSTGRES -> stack.start(Component.POSTGRES);
      default -> stack.start(instance(target));
    }
  }

  private Instance instance(String name) {
    return Component.own().stream()
        .flatMap(component -> stack.instances(component).stream())
        .filter(instance -> instance.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ProcessHandle process(String target) {
    return stack
        .process(target)
        .orElseThrow(() -> new IllegalStateException(target + " ended without a fault"));
  }

  /// Signals the process and its descendants.
  private void signal(String signal, String target) throws IOException {
    ProcessHandle process = process(target);
    List<String> pids =
        Stream.concat(Stream.of(process), process.descendants())
            .map(handle -> Long.toString(handle.pid()))
            .toList();
    List<String> command = Stream.concat(Stream.of("kill", "-" + signal), pids.stream()).toList();
    try {
      new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (InterruptedException problem) {
      Thread.currentThread().interrupt();
      throw new IOException(problem);
    }
  }

  /// Truncates the append-only file, as if the last writes had not reached the disk.
  private void loseTail() throws IOException {
    for (Path file : appendOnlyFiles()) {
      if (file.toString().endsWith(".incr.aof")) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
          open.setLength(Math.max(0, open.length() - LOST_BYTES));
        }
      }
    }
  }

  private void loseAll() throws IOException {
    for (Path file : appendOnlyFiles()) {
      Files.delete(file);
    }
  }

  private List<Path> appendOnlyFiles() {
    Path directory = stack.home().data(REDIS).resolve("appendonlydir");
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
