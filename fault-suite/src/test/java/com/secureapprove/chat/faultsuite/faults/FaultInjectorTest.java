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
class FaultInjectorTest {

  private static final Duration TIME = Duration.ofSeconds(2);
  private static final Duration GAP = Duration.ofMillis(20);

  private final FaultSchedule schedule =
      new FaultSchedule(List.of("message", "message-2"), List.of("gateway"), true, 51);
  private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Fault> carriedOut = new ConcurrentLinkedQueue<>();

  @Test
  void waitingFaultsAreInjectedLaterInOrder() {
    CountDownLatch oneWaits = new CountDownLatch(1);
    FaultInjector injector =
        new FaultInjector(
            (fault, _) -> {
              await(oneWaits);
              carriedOut.add(fault);
            },
            schedule,
            GAP,
            line -> {
              logged.add(line);
              if (line.contains(" waits: ")) {
                oneWaits.countDown();
              }
            });
    injector.run(TIME);

    List<String> begun = logged.stream().filter(line -> !line.contains(" waits: ")).toList();
    assertThat(begun)
        .isEqualTo(
            IntStream.rangeClosed(1, begun.size())
                .mapToObj(number -> "%d: %s".formatted(number, schedule.fault(number)))
                .toList());
    assertThat(carriedOut).hasSize(begun.size());
    assertThat(injector.injected().values().stream().mapToInt(n -> n).sum())
        .isEqualTo(begun.size());
    assertThat(injector.failures()).isEmpty();
  }

  @Test
  void faultsThatDoNotEndAreReported() {
    FaultInjector injector =
        new FaultInjector(
            (_, log) -> {
              log.accept("start 1 failed");
              throw new IOException("it ended");
            },
            schedule,
            GAP,
            logged::add);
    injector.run(TIME);

    assertThat(injector.failures())
        .allSatisfy(failure -> assertThat(failure).endsWith("IOException: it ended"));
    assertThat(injector.injected()).isEmpty();
    assertThat(logged.stream().filter(line -> line.endsWith("start 1 failed")))
        .hasSameSizeAs(injector.failures());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException problem) {
      throw new IllegalStateException(problem);
    }
  }
}
