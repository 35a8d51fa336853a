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
  private static final List<List<Component>> TURNS =
      List.of(
          List.of(Component.GATEWAY),
          List.of(
              Component.MESSAGE,
              Component.CONVERSATION,
              Component.ATTACHMENT,
              Component.PRESENCE,
              Component.NOTIFICATION),
          List.of(Component.KEYCLOAK, Component.REDIS, Component.POSTGRES));

  private Shutdown() {}

  /// Stops the components of each step concurrently. Returns when no component runs.
  ///
  /// @param stop stops one component
  static void inTurn(ProcessLedger ledger, Consumer<Component> stop) {
    for (List<Component> turn : TURNS) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        turn.forEach(component -> threads.execute(() -> stop.accept(component)));
      }
    }
    // An older version of this program may have used other names.
    ledger.running().stream()
        .map(KnownProcess::name)
        .filter(name -> Component.of(name).isEmpty())
        .forEach(name -> ledger.stop(name, PATIENCE));
  }
}
