package com.secureapprove.chat.faultsuite.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.faults.Fault.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The order of replacements, and their reports.
class RolloutTest {

  private static final List<String> TARGETS = List.of("message", "message-2", "gateway");
  private static final Duration TIME = Duration.ofMillis(80);

  private final List<Fault> replaced = new ArrayList<>();
  private final List<String> logged = new ArrayList<>();

  @Test
  void everyProcessIsUpgradedBeforeOneIsRolledBack() {
    Rollout rollout = new Rollout((fault, _) -> replaced.add(fault), TARGETS, 7, logged::add);

    rollout.run(TIME);

    assertThat(replaced.subList(0, 3)).containsExactlyInAnyOrderElementsOf(faults(Kind.UPGRADE));
    assertThat(replaced.subList(3, 6)).containsExactlyInAnyOrderElementsOf(faults(Kind.ROLL_BACK));
    assertThat(rollout.injected()).isEqualTo(Map.of(Kind.UPGRADE, 3, Kind.ROLL_BACK, 3));
    assertThat(rollout.failures()).isEmpty();
  }

  @Test
  void aReplacementThatFailsIsReported() {
    Rollout rollout =
        new Rollout(
            (fault, _) -> {
              if (fault.kind() == Kind.ROLL_BACK) {
                throw new IOException("it ended during its start");
              }
            },
            List.of("message"),
            7,
            logged::add);

    rollout.run(TIME);

    assertThat(rollout.injected()).isEqualTo(Map.of(Kind.UPGRADE, 1));
    assertThat(rollout.failures())
        .containsExactly(
            "message is replaced by the former release: java.io.IOException: it ended during its"
                + " start");
  }

  private static List<Fault> faults(Kind kind) {
    return TARGETS.stream().map(target -> new Fault(kind, target, Duration.ZERO)).toList();
  }
}
