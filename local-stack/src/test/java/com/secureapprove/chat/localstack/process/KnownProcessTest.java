package com.secureapprove.chat.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.localstack.process.KnownProcess.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownProcessTest {

  @TempDir private Path directory;

  @Test
  void aDifferentProcessWithTheSameIdIsNotStopped() throws IOException {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      KnownProcess known = KnownProcess.of("known", stranger.toHandle(), Signal.TERM);
      KnownProcess earlier =
          new KnownProcess("known", known.pid(), known.started().minusSeconds(60), Signal.TERM);

      earlier.stop(Duration.ofSeconds(1));

      assertThat(earlier.isAlive()).isFalse();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aProcessThatIgnoresTheSignalIsKilled() {
    KnownProcess stubborn = launch("trap '' TERM; echo ready; while true; do sleep 0.1; done");
    Path log = directory.resolve("log");
    assertThat(Polling.until(Duration.ofSeconds(10), () -> log.toFile().length() > 0)).isTrue();

    stubborn.stop(Duration.ofMillis(300));

    assertThat(stubborn.isAlive()).isFalse();
  }

  @Test
  void theLedgerOutlivesItsWriter() {
    Path file = directory.resolve("ledger");
    KnownProcess process = launch("sleep 60");
    new ProcessLedger(file).add(process);

    ProcessLedger later = new ProcessLedger(file);

    assertThat(later.running()).containsExactly(process);
    later.stopAll(Duration.ofSeconds(5));
    assertThat(process.isAlive()).isFalse();
    assertThat(new ProcessLedger(file).running()).isEmpty();
  }

  @Test
  void aLockIsHeldAgainstOthersUntilItIsClosed() {
    Path file = directory.resolve("lock");
    try (FileLock _ = FileLock.tryTake(file).orElseThrow()) {
      assertThat(FileLock.tryTake(file)).isEmpty();
    }
    FileLock.tryTake(file).orElseThrow().close();
  }

  private KnownProcess launch(String script) {
    return Launch.start(
        "test", List.of("sh", "-c", script), Map.of(), directory, directory.resolve("log"));
  }
}
