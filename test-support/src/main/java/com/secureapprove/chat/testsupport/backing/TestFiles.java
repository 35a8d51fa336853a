package com.secureapprove.chat.testsupport.backing;

import com.secureapprove.chat.localstack.process.FileLock;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.nio.file.Path;
import java.time.Duration;

/// The files in the directory of the tests' backing services that the builds and the process that
/// stops the services share.
final class TestFiles {
  /// The name of the process that stops the backing services after the last user has ended.
  static final String REAPER = "reaper";

  private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(5);

  private TestFiles() {}

  static FileLock lock(Path directory) {
    return FileLock.take(directory.resolve("lock"), LOCK_TIMEOUT);
  }

  /// The builds that use the backing services.
  static ProcessLedger users(Path directory) {
    return new ProcessLedger(directory.resolve("users"));
  }

  /// The process that stops the backing services.
  static ProcessLedger reapers(Path directory) {
    return new ProcessLedger(directory.resolve(REAPER));
  }

  /// The file with the names of the ledgers whose processes must end before the backing services,
  /// one per line.
  static Path others(Path directory) {
    return directory.resolve("others");
  }
}
