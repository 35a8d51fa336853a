package com.secureapprove.chat.testsupport.backing;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.keys.InternalKeys;
import com.secureapprove.chat.localstack.keys.PrivateFiles;
import com.secureapprove.chat.localstack.keys.Secrets;
import com.secureapprove.chat.localstack.process.FileLock;
import com.secureapprove.chat.localstack.process.KnownProcess;
import com.secureapprove.chat.localstack.process.KnownProcess.Signal;
import com.secureapprove.chat.localstack.process.Launch;
import com.secureapprove.chat.localstack.process.Ports;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The directory of the tests' backing services. It records the running processes, their ports and
/// the builds that use them. Callers must hold the lock, except for [#lock] and the getters.
final class TestHome {

  private final Checkout checkout;
  private final Path directory;
  private final ProcessLedger ledger;
  private final Secrets secrets;
  private final InternalKeys keys;

  TestHome(Checkout checkout) {
    this.checkout = checkout;
    this.directory = PrivateFiles.directory(checkout.root().resolve(".chat/test"));
    try (FileLock _ = lock()) {
      this.ledger = new ProcessLedger(directory.resolve("processes"));
      this.secrets = new Secrets(directory.resolve("secrets"));
      this.keys = new InternalKeys(directory.resolve("keys"));
    }
  }

  FileLock lock() {
    return TestFiles.lock(directory);
  }

  /// Registers the build of this program as a user. Also starts the process that waits for the last
  /// user to end.
  void join() {
    ProcessHandle build = build();
    TestFiles.users(directory).add(KnownProcess.of("build-" + build.pid(), build, Signal.TERM));
    ProcessLedger reapers = TestFiles.reapers(directory);
    if (reapers.running(TestFiles.REAPER).isEmpty()) {
      reapers.add(
          Launch.start(
              TestFiles.REAPER,
              List.of(
                  Launch.java(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xmx16m",
                  "-cp",
                  classPath(),
                  TestReaper.class.getName(),
                  directory.toString()),
              Map.of(),
              directory,
              log(TestFiles.REAPER)));
    }
  }

  private String classPath() {
    return Stream.of("test-support", "local-stack")
        .map(module -> checkout.root().resolve(module).resolve("target/classes").toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// Records a ledger whose processes must end before the backing services.
  void stopAlso(Path other) {
    Path file = TestFiles.others(directory);
    try {
      List<String> known = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (!known.contains(other.toString())) {
        Files.writeString(file, other + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  boolean runs(String component) {
    return ledger.running(component).isPresent();
  }

  /// The port of a backing service: its current port if it runs, otherwise a free one.
  int port(String component) {
    Path file = directory.resolve(component + ".port");
    try {
      if (!runs(component)) {
        Files.writeString(file, Integer.toString(Ports.free(1).getFirst()));
      }
      return Integer.parseInt(Files.readString(file));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  Checkout checkout() {
    return checkout;
  }

  ProcessLedger ledger() {
    return ledger;
  }

  Secrets secrets() {
    return secrets;
  }

  InternalKeys keys() {
    return keys;
  }

  Path directory(String component) {
    return directory.resolve(component);
  }

  Path log(String component) {
    return directory.resolve("logs").resolve(component + ".log");
  }

  /// The nearest ancestor process that runs Java: Maven for a forked test, or the IDE that started
  /// the test. Otherwise the parent of this process, or this process itself.
  private static ProcessHandle build() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.iterate(self.parent(), Optional::isPresent, p -> p.flatMap(ProcessHandle::parent))
        .flatMap(Optional::stream)
        .filter(TestHome::isJava)
        .findFirst()
        .or(self::parent)
        .filter(process -> process.info().startInstant().isPresent())
        .orElse(self);
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }
}
