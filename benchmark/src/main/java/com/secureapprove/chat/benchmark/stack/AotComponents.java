package com.secureapprove.chat.benchmark.stack;

import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Instance;
import com.secureapprove.chat.localstack.stack.Stack;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs the components of a stack with an ahead-of-time cache of the JVM (JEP 514), from a plain
/// class path, because the cache covers only classes of the JVM's own loaders. The components must
/// run in the stack when this is created, and must be stopped there before they run here.
public final class AotComponents implements AutoCloseable {
  private static final String MAIN = "io.quarkus.runner.GeneratedMain";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);
  private static final long STOPS_WITHIN_SECONDS = 180;
  private static final long BETWEEN_LOOKS_MILLIS = 20;

  private final Stack stack;
  private final Path root;
  private final Path caches;
  private final Map<Component, List<String>> options = new EnumMap<>(Component.class);
  private final Map<Component, Process> running = new EnumMap<>(Component.class);

  /// @param root the checkout with the built components
  public AotComponents(BenchStack stack, Path root) throws IOException {
    this.stack = stack.stack();
    this.root = root;
    this.caches = this.stack.home().directory().resolve("run/aot");
    Files.createDirectories(caches);
    for (Component component : Component.own()) {
      String[] arguments =
          stack.process(component.label()).info().arguments().orElse(new String[0]);
      options.put(
          component, Arrays.stream(arguments).takeWhile(each -> !each.equals("-jar")).toList());
    }
  }

  /// Starts a component without a cache, from the plain class path, and records its classes and
  /// method profiles. Returns the seconds until it was ready.
  public double train(Component component) throws IOException, InterruptedException {
    return start(component, "-XX:AOTCacheOutput=" + cache(component));
  }

  /// Starts a component with its cache. Returns the seconds until it was ready.
  public double startCached(Component component) throws IOException, InterruptedException {
    return start(component, "-XX:AOTCache=" + cache(component));
  }

  /// The process of a component that runs here.
  public ProcessHandle process(Component component) {
    Process process = running.get(component);
    if (process == null) {
      throw new IllegalStateException(component.label() + " does not run");
    }
    return process.toHandle();
  }

  /// Stops all. After a training run, each writes its cache then, which takes many seconds.
  public void stop() throws InterruptedException {
    for (Process process : running.values()) {
      process.destroy();
      if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
    running.clear();
  }

  private double start(Component component, String cacheOption)
      throws IOException, InterruptedException {
    Path built = root.resolve(component.module()).resolve("target/quarkus-app");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options.getOrDefault(component, List.of()));
    command.addAll(List.of(cacheOption, "-cp", classPath(built), MAIN));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(built.toFile())
            .redirectErrorStream(true)
            .redirectOutput(stack.home().log("aot-" + component.label()).toFile());
    builder.environment().putAll(stack.environment(component));
    long begin = System.nanoTime();
    Process process = builder.start();
    running.put(component, process);
    awaitReady(component, process, begin);
    return (System.nanoTime() - begin) / 1e9;
  }

  private void awaitReady(Component component, Process process, long begin)
      throws IOException, InterruptedException {
    HttpRequest ready =
        HttpRequest.newBuilder(
                stack.managementUrl(new Instance(component, 1)).resolve("/q/health/ready"))
            .timeout(Duration.ofSeconds(3))
            .build();
    while (System.nanoTime() - begin < STARTS_WITHIN.toNanos()) {
      if (!process.isAlive()) {
        throw new IOException(component.label() + " ended during its start");
      }
      try {
        if (HTTP.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException _) {
        // it does not listen yet
      }
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
    throw new IOException(component.label() + " did not become ready");
  }

  private Path cache(Component component) {
    return caches.resolve(component.label() + ".aot");
  }

  /// The jars in the order of the loader of `quarkus-run.jar`: what the build has changed comes
  /// first.
  private static String classPath(Path built) throws IOException {
    List<Path> jars = new ArrayList<>();
    jars.add(built.resolve("quarkus/generated-bytecode.jar"));
    jars.add(built.resolve("quarkus/transformed-bytecode.jar"));
    for (String directory : List.of("app", "lib/boot", "lib/main")) {
      try (Stream<Path> files = Files.list(built.resolve(directory))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    return jars.stream().filter(Files::exists).map(Path::toString).collect(Collectors.joining(":"));
  }

  @Override
  public void close() {
    running.values().forEach(Process::destroyForcibly);
  }
}
