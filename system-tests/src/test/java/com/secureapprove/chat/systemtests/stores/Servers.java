package com.secureapprove.chat.systemtests.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/// Programs of the system that a test starts with configuration files, and that end with it.
///
/// @param directory of configuration, data and logs
record Servers(Path directory, List<Process> processes) implements AutoCloseable {

  static Servers in(Path directory) {
    return new Servers(directory, new ArrayList<>());
  }

  /// Writes a file and returns its path.
  Path write(String name, String content) {
    try {
      return Files.writeString(directory.resolve(name), content);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /// Starts a server, and waits until it accepts connections.
  Process start(int port, String... command) throws IOException {
    Path log = directory.resolve("port-" + port + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    processes.add(process);
    Awaitility.await(String.join(" ", command))
        .atMost(Duration.ofSeconds(20))
        .until(() -> accepts(port));
    return process;
  }

  /// Runs a program to its end.
  void run(String... command) throws IOException, InterruptedException {
    Path log = directory.resolve("run.log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }
}
