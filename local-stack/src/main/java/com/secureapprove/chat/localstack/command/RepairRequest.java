package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.keys.PrivateFiles;
import com.secureapprove.chat.localstack.process.FileLock;
import com.secureapprove.chat.localstack.process.Polling;
import com.secureapprove.chat.localstack.stack.StackHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// A request to the launcher of a running stack to start the processes that have ended. Request and
/// answer are files, because the launcher has no port.
record RepairRequest(StackHome home) {

  private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(5);

  /// Asks the launcher, and returns its answer.
  ///
  /// @return empty if the launcher does not answer
  Optional<String> send() {
    try (FileLock _ = FileLock.take(file("repair.lock"), ANSWERED_WITHIN)) {
      Files.deleteIfExists(answer());
      PrivateFiles.write(request(), "");
      Polling.until(
          ANSWERED_WITHIN, () -> Files.exists(answer()) || home.launcher().running().isEmpty());
      return Files.exists(answer()) ? Optional.of(Files.readString(answer())) : Optional.empty();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// Answers a pending request. Only the launcher calls this.
  ///
  /// @param repair starts the processes and describes what it did
  void answerIfPending(Supplier<String> repair) {
    try {
      if (Files.deleteIfExists(request())) {
        PrivateFiles.write(answer(), repair.get());
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private Path request() {
    return file("repair-request");
  }

  private Path answer() {
    return file("repair-answer");
  }

  private Path file(String name) {
    return home.state().resolveSibling(name);
  }
}
