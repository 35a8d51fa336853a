package com.secureapprove.chat.systemtests.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.benchmark.HostileResult;
import com.secureapprove.chat.benchmark.HostileRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A short run of some hostile clients; `./chat hostile` makes longer ones of all. The durations
/// are printed and not asserted.
class HostileClientsST {
  private static final Duration EACH = Duration.ofSeconds(3);
  private static final List<String> ATTACKS =
      List.of(
          "reads",
          "positions",
          "uploads",
          "headers",
          "bodies",
          "deaf",
          "resumes",
          "wide_typing",
          "history",
          "downloads");

  @Test
  void nothingThatOtherPeopleDoFails() throws Exception {
    Path home = Path.of(System.getProperty("chat.suite", "target/suite")).resolveSibling("hostile");
    List<HostileResult> results =
        new HostileRun(home.toAbsolutePath(), EACH, ATTACKS, new PrintWriter(System.out, true))
            .call();

    assertThat(results)
        .allSatisfy(result -> {
          assertThat(result.others().operations()).as(result.attack()).isPositive();
          assertThat(result.failed()).as(result.toString()).isZero();
        });
    assertThat(results).allMatch(result -> result.attack().equals("none") || result.sent() > 0);
  }
}
