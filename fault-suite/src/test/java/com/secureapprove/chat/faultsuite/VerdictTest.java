package com.secureapprove.chat.faultsuite;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.faults.Fault;
import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.Violation;
import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a run ends with.
class VerdictTest {

  private static final Map<Fault.Kind, Integer> FAULTS = Map.of(Fault.Kind.KILL, 2);

  private final Findings findings = new Findings();

  @Test
  void aRunThatKeptEveryPromiseEndsWithZero() {
    Verdict verdict = new Verdict(7, 10, 20, FAULTS, findings);

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.exitStatus()).isZero();
    assertThat(printed(verdict)).endsWith("Seed 7: every promise was kept\n");
  }

  @Test
  void aRunThatBrokeOnePromiseEndsWithOne() {
    findings.broken(Promise.SETTLES, "north-person1-1 does not: it is not connected");
    Verdict verdict = new Verdict(7, 10, 20, FAULTS, findings);

    assertThat(verdict.exitStatus()).isEqualTo(1);
    assertThat(printed(verdict))
        .contains("NOT KEPT: " + Promise.SETTLES.words() + ": north-person1-1 does not")
        .contains("BROKEN   " + Promise.SETTLES.words())
        .endsWith("Seed 7: NOT every promise was kept\n");
  }

  @Test
  void aRunWithoutAnAcknowledgedMessageIsNoGoodOne() {
    isNoTest(new Verdict(7, 0, 20, FAULTS, findings), "no message was acknowledged");
  }

  @Test
  void aRunWithoutADeliveredMessageIsNoGoodOne() {
    isNoTest(new Verdict(7, 10, 0, FAULTS, findings), "no message was delivered by an event");
  }

  @Test
  void aRunWithoutAFaultIsNoGoodOne() {
    isNoTest(new Verdict(7, 10, 20, Map.of(), findings), "nothing was harmed");
  }

  @Test
  void eachPromiseTellsHowMuchItWasHeldAgainst() {
    findings.held(Promise.NO_GAP, 40);
    Findings more = new Findings();
    more.held(Promise.NO_GAP, 2);
    findings.add(more);

    assertThat(printed(new Verdict(7, 10, 20, FAULTS, findings)))
        .contains("kept     " + Promise.NO_GAP.words() + " (42 messages)")
        .contains("untried  " + Promise.FILES_ARE_KEPT.words() + " (0 files)");
  }

  private static void isNoTest(Verdict verdict, String why) {
    assertThat(verdict.violations()).containsExactly(new Violation(Promise.TESTED, why));
    assertThat(verdict.exitStatus()).isEqualTo(1);
  }

  private static String printed(Verdict verdict) {
    StringWriter text = new StringWriter();
    verdict.print(new PrintWriter(text));
    return text.toString();
  }
}
