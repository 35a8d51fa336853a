package com.secureapprove.chat.faultsuite;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.faults.Fault;
import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.Guarantee;
import com.secureapprove.chat.faultsuite.history.Violation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The result of a run.
class VerdictTest {

  private static final Map<Fault.Kind, Integer> FAULTS = Map.of(Fault.Kind.KILL, 2);

  private final Findings findings = new Findings();

  @Test
  void aRunWithoutViolationsExitsWithZero() {
    Verdict verdict = new Verdict(7, 10, 20, FAULTS, findings);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.exitStatus()).isZero();
    assertThat(printed(verdict)).endsWith("Seed 7: every guarantee held\n");
  }

  @Test
  void aRunWithAViolationExitsWithOne() {
    findings.violated(
        Guarantee.QUIESCENCE, "north-person1-1 is not quiescent: it is not connected");
    Verdict verdict = new Verdict(7, 10, 20, FAULTS, findings);

    assertThat(verdict.exitStatus()).isEqualTo(1);
    assertThat(printed(verdict))
        .contains(
            "VIOLATION: "
                + Guarantee.QUIESCENCE.description()
                + ": north-person1-1 is not quiescent")
        .contains("VIOLATED " + Guarantee.QUIESCENCE.description())
        .endsWith("Seed 7: guarantees were VIOLATED\n");
  }

  @Test
  void aRunWithoutAcknowledgedMessagesFails() {
    assertNotCovered(new Verdict(7, 0, 20, FAULTS, findings), "no message was acknowledged");
  }

  @Test
  void aRunWithoutDeliveredMessagesFails() {
    assertNotCovered(
        new Verdict(7, 10, 0, FAULTS, findings), "no message was delivered by an event");
  }

  @Test
  void aRunWithoutFaultsFails() {
    assertNotCovered(new Verdict(7, 10, 20, Map.of(), findings), "no fault was injected");
  }

  @Test
  void theReportCountsTheChecksOfEachGuarantee() {
    findings.checked(Guarantee.GAPLESS_SEQUENCE, 40);
    Findings more = new Findings();
    more.checked(Guarantee.GAPLESS_SEQUENCE, 2);
    findings.add(more);

    assertThat(printed(new Verdict(7, 10, 20, FAULTS, findings)))
        .contains("held     " + Guarantee.GAPLESS_SEQUENCE.description() + " (42 messages)")
        .contains("untested " + Guarantee.FILE_DURABILITY.description() + " (0 files)");
  }

  private static void assertNotCovered(Verdict verdict, String why) {
    assertThat(verdict.violations()).containsExactly(new Violation(Guarantee.COVERAGE, why));
    assertThat(verdict.exitStatus()).isEqualTo(1);
  }

  private static String printed(Verdict verdict) {
    StringWriter text = new StringWriter();
    verdict.print(new PrintWriter(text));
    return text.toString();
  }
}
