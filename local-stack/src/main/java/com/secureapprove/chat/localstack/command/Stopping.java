package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.process.FileLock;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackBuilder;
import com.secureapprove.chat.localstack.stack.StackHome;
import java.time.Duration;
import java.util.List;

/// Stops a stack from another process. Signals its launcher; if the launcher was killed, stops the
/// processes that it left.
record Stopping(Checkout checkout, StackHome home) {

  private static final Duration LAUNCHER_STOPS_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOCK_IS_FREE_WITHIN = Duration.ofSeconds(10);

  /// Returns when no process of the stack runs.
  ///
  /// @return whether anything ran
  boolean stop() {
    List<KnownProcess> launchers = home.launcher().running();
    launchers.forEach(launcher -> launcher.stop(LAUNCHER_STOPS_WITHIN));
    try (FileLock _ = FileLock.take(home.lock(), LOCK_IS_FREE_WITHIN)) {
      boolean left = !home.ledger().running().isEmpty();
      try (Stack stack = new StackBuilder(checkout, home).build()) {
        stack.stopLeftovers();
      }
      home.clearState();
      return left || !launchers.isEmpty();
    }
  }
}
