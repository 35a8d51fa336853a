package com.secureapprove.chat.localstack.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// TCP ports on loopback.
public final class Ports {

  private static final int LOWEST = 20_000;

  /// The first port that Linux uses for outgoing connections (`ip_local_port_range`).
  private static final int LOWEST_OF_OUTGOING = 32_768;

  private Ports() {}

  /// Returns distinct ports on which no process listens now. All are outside the range that the
  /// system uses for outgoing connections.
  public static List<Integer> free(int count) {
    return ThreadLocalRandom.current()
        .ints(LOWEST, LOWEST_OF_OUTGOING)
        .distinct()
        .filter(Ports::isFree)
        .limit(count)
        .boxed()
        .toList();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }
}
