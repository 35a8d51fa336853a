package com.secureapprove.chat.faultsuite.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The order of faults, and their reports.
class FaultsTest {

  private static final Duration TIME = Duration.ofSeconds(2);
  private static final Duration GAP = Duration.ofMillis(20);

  private final Schedule schedule =
      new Schedule(List.of("message", "message-2"), List.of("gateway"), true, 51);
  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Fault> carriedOut = new ConcurrentLinkedQueue<>();

  @Test
  void whatHasToWaitIsDoneAllTheSameAndInItsTurn() {
    CountDownLatch oneWaits = new CountDownLatch(1);
    Faults faults =
        new Faults(
            (fault, _) -> {
              await(oneWaits);
              carriedOut.add(fault);
            },
            schedule,
            GAP,
            line -> {
              told.add(line);
              if (line.contains(" waits: ")) {
                oneWaits.countDown();
              }
            });
    faults.run(TIME);

    List<String> begun = told.stream().filter(line -> !line.contains(" waits: ")).toList();
    assertThat(begun)
        .isEqualTo(
            IntStream.rangeClosed(1, begun.size())
                .mapToObj(number -> "%d: %s".formatted(number, schedule.fault(number)))
                .toList());
    assertThat(carriedOut).hasSize(begun.size());
    assertThat(faults.done().values().stream().mapToInt(n -> n).sum()).isEqualTo(begun.size());
    assertThat(faults.failures()).isEmpty();
  }

  @Test
  void whatCouldNotBeMendedIsTold() {
    Faults faults =
        new Faults(
            (_, tell) -> {
              tell.accept("start 1 did not succeed");
              throw new IOException("it is gone");
            },
            schedule,
            GAP,
            told::add);
    faults.run(TIME);

    assertThat(faults.failures())
        .allSatisfy(failure -> assertThat(failure).endsWith("IOException: it is gone"));
    assertThat(faults.done()).isEmpty();
    assertThat(told.stream().filter(line -> line.endsWith("start 1 did not succeed")))
        .hasSameSizeAs(faults.failures());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException problem) {
      throw new IllegalStateException(problem);
    }
  }
}
