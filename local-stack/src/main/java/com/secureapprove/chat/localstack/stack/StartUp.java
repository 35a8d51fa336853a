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
/// the stores. No component waits for Keycloak, which takes the longest.
final class StartUp {

  private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(10);

  private final Set<Part> parts;
  private final Consumer<Part> start;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  StartUp(Set<Part> parts, Consumer<Part> start) {
    this.parts = parts;
    this.start = start;
  }

  /// Returns when all components are up.
  ///
  /// @throws PartFailure as soon as one component fails; others may still be starting
  void run() {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    Map<Part, CompletableFuture<Void>> started = new EnumMap<>(Part.class);
    for (Part part : parts) {
      CompletableFuture<?>[] needed =
          needs(part).stream()
              .filter(started::containsKey)
              .map(started::get)
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture<Void> done =
          CompletableFuture.allOf(needed).thenRunAsync(() -> begin(part), threads);
      done.exceptionally(problem -> {
        failure.completeExceptionally(problem);
        return null;
      });
      started.put(part, done);
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(started.values().toArray(CompletableFuture<?>[]::new));
    try {
      CompletableFuture.anyOf(all, failure).join();
    } catch (CompletionException problem) {
      if (problem.getCause() instanceof PartFailure cause) {
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

  private void begin(Part part) {
    try {
      start.accept(part);
    } catch (RuntimeException problem) {
      throw new PartFailure(part, problem);
    }
  }

  private static List<Part> needs(Part part) {
    return part.isOwn() ? List.of(Part.POSTGRES, Part.REDIS) : List.of();
  }
}
