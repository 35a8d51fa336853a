package com.secureapprove.chat.faultsuite.faults;

import com.secureapprove.chat.faultsuite.faults.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Generates faults. Each depends only on the seed and on its number.
final class FaultSchedule {

  private record Choice(Kind kind, List<String> targets, int weight, int least, int span) {}

  private final List<Choice> choices = new ArrayList<>();
  private final long base;

  /// @param services the names of the instances of services
  /// @param gateways the names of the instances of the gateway
  /// @param disk whether the disk of the file store can be filled
  FaultSchedule(List<String> services, List<String> gateways, boolean disk, long seed) {
    base = new SplittableRandom(seed).nextLong();
    List<String> redis = List.of(FaultTargets.REDIS);
    List<String> postgres = List.of(FaultTargets.POSTGRES);
    List<String> wires =
        List.of(
            FaultTargets.TO_GATEWAYS,
            FaultTargets.TO_GATEWAYS,
            FaultTargets.TO_REDIS,
            FaultTargets.TO_POSTGRES);
    add(Kind.KILL, services, 14, 2_000);
    add(Kind.TERMINATE, services, 7, 1_000);
    add(Kind.PAUSE, services, 10, 8_000);
    // longer than the lease of a relay, and than the idle time after which entries are claimed
    choices.add(new Choice(Kind.PAUSE, services, 2, 12_000, 28_000));
    add(Kind.KILL, gateways, 7, 2_000);
    add(Kind.TERMINATE, gateways, 4, 1_000);
    add(Kind.PAUSE, gateways, 6, 8_000);
    add(Kind.KILL, redis, 5, 4_000);
    add(Kind.TERMINATE, redis, 3, 2_000);
    add(Kind.PAUSE, redis, 5, 5_000);
    add(Kind.LOSE_TAIL, redis, 3, 2_000);
    add(Kind.LOSE_ALL, redis, 2, 2_000);
    add(Kind.KILL, postgres, 4, 2_000);
    add(Kind.TERMINATE, postgres, 2, 1_000);
    add(Kind.PAUSE, postgres, 4, 5_000);
    add(Kind.CUT, wires, 14, 3_000);
    add(Kind.SLOW, wires, 12, 8_000);
    if (disk) {
      add(Kind.FILL, List.of(FaultTargets.DISK), 4, 6_000);
    }
  }

  private void add(Kind kind, List<String> targets, int weight, int millis) {
    choices.add(new Choice(kind, targets, weight, millis / 8, millis));
  }

  /// The fault of this number.
  Fault fault(int number) {
    SplittableRandom random = random(number);
    int all = choices.stream().mapToInt(Choice::weight).sum();
    int drawn = random.nextInt(all);
    for (Choice choice : choices) {
      drawn -= choice.weight();
      if (drawn < 0) {
        String target = choice.targets().get(random.nextInt(choice.targets().size()));
        long lasts = choice.least() + random.nextInt(choice.span());
        return new Fault(choice.kind(), target, Duration.ofMillis(lasts));
      }
    }
    throw new IllegalStateException("no fault was drawn");
  }

  /// The time between the previous fault and this one.
  Duration gap(int number, Duration mean) {
    SplittableRandom random = random(-number);
    return Duration.ofMillis(mean.toMillis() / 2 + random.nextLong(mean.toMillis()));
  }

  private SplittableRandom random(int number) {
    return new SplittableRandom(base + number);
  }
}
