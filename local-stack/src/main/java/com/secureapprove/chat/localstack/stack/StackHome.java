package com.secureapprove.chat.localstack.stack;

import com.secureapprove.chat.localstack.Checkout;
import com.secureapprove.chat.localstack.backing.FileTrees;
import com.secureapprove.chat.localstack.keys.PrivateFiles;
import com.secureapprove.chat.localstack.process.FileLock;
import com.secureapprove.chat.localstack.process.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The directory of one stack: data (`data`, `secrets`, `keys`), logs (`logs`), and state of
/// processes (`run`).
public record StackHome(Path directory) {

  /// Creates the directory, which only its owner can enter.
  public StackHome {
    PrivateFiles.directory(directory);
    PrivateFiles.directory(directory.resolve("run"));
  }

  /// The directory of a checkout's own stack. Tests use other directories.
  public static StackHome of(Checkout checkout) {
    return new StackHome(checkout.root().resolve(".chat"));
  }

  /// The ledger of started processes that were not stopped.
  public ProcessLedger ledger() {
    return new ProcessLedger(processes());
  }

  /// The file of that ledger.
  public Path processes() {
    return directory.resolve("run/processes");
  }

  /// The program that runs this stack.
  public ProcessLedger launcher() {
    return new ProcessLedger(directory.resolve("run/launcher"));
  }

  /// The lock of the program that runs the stack; empty if another program holds it.
  public Optional<FileLock> tryLock() {
    return FileLock.tryTake(lock());
  }

  /// The file of that lock.
  public Path lock() {
    return directory.resolve("run/lock");
  }

  /// The options of the running stack.
  public Path state() {
    return directory.resolve("run/state");
  }

  /// Removes the record of a running stack.
  public void clearState() {
    try {
      Files.deleteIfExists(state());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    launcher().clear();
  }

  /// The gateway's issuers.
  public Path issuers() {
    return directory.resolve("run/issuers.properties");
  }

  /// The directory of a rebuilt web client, which `./chat dev web` fills. The gateway prefers it.
  public Path webClient() {
    return directory.resolve("web");
  }

  /// The log of a component.
  public Path log(String component) {
    return directory.resolve("logs").resolve(component + ".log");
  }

  /// The names of the component's instances that have a log, in order.
  public List<String> logged(Component component) {
    try (Stream<Path> logs = Files.list(directory.resolve("logs"))) {
      return logs.map(log -> log.getFileName().toString().replaceAll("\\.log$", ""))
          .filter(name -> Instance.isNameOf(component, name))
          .sorted()
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// The data directory of a component.
  public Path data(String component) {
    return directory.resolve("data").resolve(component);
  }

  /// The passwords.
  public Path secrets() {
    return directory.resolve("secrets");
  }

  /// The directory from which a component runs. A build does not remove the files in it.
  Path program(String component) {
    return directory.resolve("run/programs").resolve(component);
  }

  public Path keys() {
    return directory.resolve("keys");
  }

  /// Deletes all data. No process of the stack may run.
  public void forget() {
    for (String kept : List.of("data", "secrets", "keys", "logs")) {
      FileTrees.delete(directory.resolve(kept));
    }
  }
}
