package com.secureapprove.chat.gateway.http;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A server program of this machine, as a process that ends with the test.
final class LocalServer implements AutoCloseable {
  private final Process process;

  private LocalServer(Process process) {
    this.process = process;
  }

  /// Starts the program, and waits until it listens.
  ///
  /// @param log receives its output
  static LocalServer start(ProcessBuilder program, int port, Path log) throws IOException {
    Process process = program.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    LocalServer server = new LocalServer(process);
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .failFast(() -> !process.isAlive())
          .until(() -> listens(port));
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw new IllegalStateException(Files.readString(log), e);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
