package com.secureapprove.chat.localstack.stack;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Starts components concurrently as far as their dependencies allow. Services and gateway wait for
/// the stores. Keycloak takes the longest, so all others start at the same time as it does.
final class StartUp {

  private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(10);

  private final Set<Component> components;
  private final Consumer<Component> start;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  StartUp(Set<Component> components, Consumer<Component> start) {
    this.components = components;
    this.start = start;
  }

  /// Returns when all components are up.
  ///
  /// @throws ComponentFailure as soon as one component fails; others may still be starting
  void run() {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    Map<Component, CompletableFuture<Void>> started = new EnumMap<>(Component.class);
    for (Component component : components) {
      CompletableFuture<?>[] needed =
          needs(component).stream()
              .filter(started::containsKey)
              .map(started::get)
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture<Void> done =
          CompletableFuture.allOf(needed).thenRunAsync(() -> begin(component), threads);
      done.exceptionally(problem -> {
        failure.completeExceptionally(problem);
        return null;
      });
      started.put(component, done);
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(started.values().toArray(CompletableFuture<?>[]::new));
    try {
      CompletableFuture.anyOf(all, failure).join();
    } catch (CompletionException problem) {
      if (problem.getCause() instanceof ComponentFailure cause) {
        throw cause;
      }
      throw problem;
    }
  }

  /// Cancels pending starts. Afterwards no component is started.
  void cancel() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(CANCELLED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(Component component) {
    try {
      start.accept(component);
    } catch (RuntimeException problem) {
      throw new ComponentFailure(component, problem);
    }
  }

  private static List<Component> needs(Component component) {
    return component.isOwn() ? List.of(Component.POSTGRES, Component.REDIS) : List.of();
  }
}
