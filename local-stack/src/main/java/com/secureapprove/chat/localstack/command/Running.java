package com.secureapprove.chat.localstack.command;

import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackState;

/// Describes a stack that already runs, in one line.
final class Running {

  private Running() {}

  static String describe(StackHome home) {
    String by =
        home.launcher().running().stream()
            .findFirst()
            .map(KnownProcess::pid)
            .map("process %d"::formatted)
            .orElse("another process");
    String where =
        StackState.load(home)
            .map(state -> "http://localhost:" + state.ports().of(Component.GATEWAY))
            .map(" at %s"::formatted)
            .orElse("");
    return "Already running%s, started by %s. ./chat status shows it, ./chat down stops it."
        .formatted(where, by);
  }
}
