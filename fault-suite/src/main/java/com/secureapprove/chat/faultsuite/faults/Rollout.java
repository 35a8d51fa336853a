package com.secureapprove.chat.faultsuite.faults;

import com.secureapprove.chat.faultsuite.faults.Fault.Kind;
import com.secureapprove.chat.faultsuite.faults.FaultInjector.Injection;
import com.secureapprove.chat.localstack.process.Polling;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// An upgrade and its roll back. Replaces one process after the other by the newer release, then
/// one after the other by the former release. The order is random, because no order is required.
public final class Rollout implements Disruption {

  private final Injection injection;
  private final List<String> targets;
  private final long seed;
  private final Consumer<String> log;
  private final Map<Kind, Integer> injected = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  /// @param seed of the two orders
  /// @param log receives each replacement
  public Rollout(FaultTargets targets, long seed, Consumer<String> log) {
    this(
        targets::inject,
        Stream.concat(targets.services().stream(), targets.gateways().stream()).toList(),
        seed,
        log);
  }

  Rollout(Injection injection, List<String> targets, long seed, Consumer<String> log) {
    this.injection = injection;
    this.targets = List.copyOf(targets);
    this.seed = seed;
    this.log = log;
  }

  /// Replaces every process twice. The time is divided into equal pauses: one before each
  /// replacement, one more on the newer release alone, and one at the end. Replacements take
  /// additional time.
  @Override
  public void run(Duration time) {
    Duration pause = time.dividedBy(2L * targets.size() + 2);
    Random random = new Random(seed);
    replaceAll(Kind.UPGRADE, random, pause);
    log.accept("Every process runs the newer release");
    Polling.pause(pause);
    replaceAll(Kind.ROLL_BACK, random, pause);
    log.accept("Every process runs the former release");
    Polling.pause(pause);
  }

  private void replaceAll(Kind kind, Random random, Duration pause) {
    List<String> order = new ArrayList<>(targets);
    Collections.shuffle(order, random);
    for (String target : order) {
      Polling.pause(pause);
      replace(new Fault(kind, target, Duration.ZERO));
    }
  }

  private void replace(Fault fault) {
    log.accept(fault.toString());
    try {
      injection.inject(fault, what -> log.accept("%s; %s".formatted(fault, what)));
      injected.merge(fault.kind(), 1, Integer::sum);
    } catch (IOException | RuntimeException problem) {
      log.accept("%s; %s".formatted(fault, problem));
      failures.add("%s: %s".formatted(fault, problem));
    }
  }

  @Override
  public Map<Kind, Integer> injected() {
    return new TreeMap<>(injected);
  }

  @Override
  public List<String> failures() {
    return List.copyOf(failures);
  }
}
