package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Stops components in order: the gateway, the services that it calls, then the stores.
final class Shutdown {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final List<List<Part>> TURNS =
      List.of(
          List.of(Part.GATEWAY),
          List.of(Part.MESSAGE, Part.CONVERSATION, Part.ATTACHMENT, Part.PRESENCE),
          List.of(Part.KEYCLOAK, Part.REDIS, Part.POSTGRES));

  private Shutdown() {}

  /// Stops the components of each step concurrently. Returns when no component runs.
  ///
  /// @param stop stops one component
  static void inTurn(ProcessLedger ledger, Consumer<Part> stop) {
    for (List<Part> turn : TURNS) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        turn.forEach(part -> threads.execute(() -> stop.accept(part)));
      }
    }
    // An older version of this program may have used other names.
    ledger.running().stream()
        .map(KnownProcess::name)
        .filter(name -> Part.of(name).isEmpty())
        .forEach(name -> ledger.stop(name, PATIENCE));
  }
}
