package com.secureapprove.chat.localstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the process that listens on a port of this machine.
public final class PortHolder {

  private static final int ANSWERS_WITHIN_MILLIS = 500;
  private static final String LISTENING = "0A";

  private PortHolder() {}

  /// Whether a process listens on the port, on loopback or on all addresses.
  public static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException _) {
      return true;
    }
    // Some systems allow two listeners on a port: one for all addresses and one for loopback.
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWERS_WITHIN_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// The process that listens there, or empty if this user may not see it.
  public static Optional<ProcessHandle> find(int port) {
    Optional<ProcessHandle> found = Optional.empty();
    try {
      found = Files.exists(Path.of("/proc/net/tcp")) ? fromProc(port) : fromLsof(port);
    } catch (IOException _) {
      // The owner is unknown.
    }
    return found;
  }

  /// A process as text: its id and its command line.
  public static String describe(ProcessHandle process) {
    String command =
        process.info().commandLine().or(() -> process.info().command()).orElse("of another user");
    return "process %d (%s)".formatted(process.pid(), command);
  }

  private static Optional<ProcessHandle> fromProc(int port) throws IOException {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.exists(Path.of(table))) {
        Files.readAllLines(Path.of(table)).stream()
            .skip(1)
            .map(line -> line.strip().split("\\s+"))
            .filter(field -> field[1].endsWith(":%04X".formatted(port)))
            .filter(field -> field[3].toUpperCase(Locale.ROOT).equals(LISTENING))
            .forEach(field -> sockets.add("socket:[%s]".formatted(field[9])));
      }
    }
    return ProcessHandle.allProcesses().filter(process -> holdsOneOf(sockets, process)).findFirst();
  }

  private static boolean holdsOneOf(Set<String> sockets, ProcessHandle process) {
    Path open = Path.of("/proc", Long.toString(process.pid()), "fd");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(open)) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)
            && sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException _) {
      // The process belongs to another user, or has ended.
    }
    return false;
  }

  private static Optional<ProcessHandle> fromLsof(int port) throws IOException {
    Process lsof =
        new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (Stream<String> lines = lsof.inputReader().lines()) {
      return lines.findFirst().map(Long::valueOf).flatMap(ProcessHandle::of);
    }
  }
}
