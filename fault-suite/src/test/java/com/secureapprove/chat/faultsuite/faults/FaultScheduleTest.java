package com.secureapprove.chat.faultsuite.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.faults.Fault.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The drawn faults.
class FaultScheduleTest {

  private static final Duration MEAN = Duration.ofSeconds(8);

  @Test
  void aFaultDependsOnlyOnSeedAndNumber() {
    FaultSchedule inTurn = schedule(51);
    List<Fault> all = IntStream.rangeClosed(1, 50).mapToObj(inTurn::fault).toList();
    FaultSchedule another = schedule(51);

    assertThat(another.fault(50)).isEqualTo(all.getLast());
    assertThat(another.fault(7)).isEqualTo(all.get(6)).isEqualTo(another.fault(7));
    assertThat(another.gap(7, MEAN)).isEqualTo(inTurn.gap(7, MEAN));
  }

  @Test
  void differentSeedsGiveDifferentFaults() {
    assertThat(faults(schedule(51), 20)).isNotEqualTo(faults(schedule(52), 20));
  }

  /// Upgrades and roll-backs are no part of the schedule: a run makes them once, one by one.
  @Test
  void everyKindOfFaultOccursButUpgrades() {
    Kind[] drawn =
        EnumSet.complementOf(EnumSet.of(Kind.UPGRADE, Kind.ROLL_BACK)).toArray(Kind[]::new);
    assertThat(faults(schedule(1), 2000)).extracting(Fault::kind).containsOnly(drawn);
  }

  @Test
  void onePauseOfAServiceInSixIsLong() {
    List<Fault> pauses =
        faults(schedule(1), 5000).stream()
            .filter(fault -> fault.kind() == Kind.PAUSE && fault.target().startsWith("message"))
            .toList();
    List<Fault> longOnes =
        pauses.stream()
            .filter(fault -> fault.lasts().compareTo(Duration.ofSeconds(10)) > 0)
            .toList();

    assertThat((double) longOnes.size() / pauses.size()).isBetween(0.1, 0.23);
    assertThat(longOnes)
        .allSatisfy(fault ->
            assertThat(fault.lasts()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(40)));
  }

  @Test
  void theMeanGapIsTheConfiguredGap() {
    double mean =
        IntStream.rangeClosed(1, 2000)
            .mapToLong(number -> schedule(3).gap(number, MEAN).toMillis())
            .average()
            .orElseThrow();

    assertThat(mean).isBetween(7_500.0, 8_500.0);
  }

  private static FaultSchedule schedule(long seed) {
    return new FaultSchedule(
        List.of("message", "message-2"), List.of("gateway", "gateway-2"), true, seed);
  }

  private static List<Fault> faults(FaultSchedule schedule, int number) {
    return IntStream.rangeClosed(1, number).mapToObj(schedule::fault).toList();
  }
}
