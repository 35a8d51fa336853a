package com.secureapprove.chat.testsupport.backing;

import com.secureapprove.chat.localstack.process.FileLock;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A small program that stops the tests' backing services after the last build that uses them has
/// ended, even if that build was killed. Needs only the JDK.
final class TestReaper {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private TestReaper() {}

  public static void main(String[] arguments) throws InterruptedException, IOException {
    Path directory = Path.of(arguments[0]);
    ProcessLedger users = TestFiles.users(directory);
    while (true) {
      Thread.sleep(BETWEEN_LOOKS);
      if (users.running().isEmpty()) {
        try (FileLock _ = TestFiles.lock(directory)) {
          // A new user may have registered while this waited for the lock.
          if (users.running().isEmpty()) {
            stopOthers(TestFiles.others(directory));
            new ProcessLedger(directory.resolve("processes")).stopAll(PATIENCE);
            // The next holder of the lock must see that no reaper runs.
            TestFiles.reapers(directory).clear();
            return;
          }
        }
      }
    }
  }

  private static void stopOthers(Path others) throws IOException {
    if (Files.exists(others)) {
      for (String ledger : Files.readAllLines(others)) {
        new ProcessLedger(Path.of(ledger)).stopAll(PATIENCE);
      }
      Files.delete(others);
    }
  }
}
