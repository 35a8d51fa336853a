package com.secureapprove.chat.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.FaultRun;
import com.secureapprove.chat.faultsuite.RunSettings;
import com.secureapprove.chat.faultsuite.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A short run of the fault suite; `./chat chaos` makes longer ones.
class FaultSuiteST {

  private static final long SEED = 20261122;

  @Test
  void everyGuaranteeHoldsDuringFaults() throws Exception {
    Path home = Path.of(System.getProperty("chat.suite", "target/suite")).resolveSibling("chaos");
    RunSettings settings =
        new RunSettings(
            Duration.ofSeconds(25),
            SEED,
            1,
            30,
            Duration.ofSeconds(3),
            home.toAbsolutePath(),
            null);
    Verdict verdict = new FaultRun(settings, new PrintWriter(System.out, true)).call();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.acknowledged()).isPositive();
    assertThat(verdict.faults()).isNotEmpty();
  }
}
