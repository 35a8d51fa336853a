package com.secureapprove.chat.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

  private static final int PATIENCE_MILLIS = 10_000;

  private final NamedServer first = new NamedServer("first");
  private final NamedServer second = new NamedServer("second");
  private List<InetSocketAddress> targets = List.of(first.address(), second.address());
  private final TcpProxy proxy = new TcpProxy(0, () -> targets);

  @AfterEach
  void close() throws IOException {
    proxy.close();
    first.close();
    second.close();
  }

  @Test
  void connectionsAreDistributedAndForwardBothDirections() throws IOException {
    assertThat(List.of(ask("a"), ask("b"), ask("c"), ask("d")))
        .containsExactlyInAnyOrder("first a", "second b", "first c", "second d");
  }

  @Test
  void anUnreachableTargetIsSkipped() throws IOException {
    targets = List.of(closedPort(), second.address());

    assertThat(List.of(ask("a"), ask("b"))).containsExactly("second a", "second b");
  }

  @Test
  void aConnectionIsClosedIfThereIsNoTarget() throws IOException {
    targets = List.of();

    assertThat(ask("a")).isEmpty();
  }

  @Test
  void cutClosesOpenConnectionsButAcceptsNewOnes() throws IOException {
    try (Socket open = connect()) {
      assertThat(open.getInputStream().read()).isPositive();
      proxy.cut();
      assertThat(endsNow(open)).isTrue();
    }
    assertThat(ask("later")).endsWith(" later");
  }

  /// The address of a closed server socket. No thread has called `accept` on it: the system would
  /// accept connections until that thread has woken up.
  private static InetSocketAddress closedPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(closed.getInetAddress(), closed.getLocalPort());
    }
  }

  private static boolean endsNow(Socket open) throws IOException {
    try {
      open.getInputStream().readAllBytes();
      return true;
    } catch (SocketException _) {
      return true;
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /// Sends the text, closes its output and reads the whole response.
  private String ask(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /// Sends its name, then echoes the received text.
  private static final class NamedServer {

    private final String name;
    private final ServerSocket server;

    NamedServer(String name) {
      this.name = name;
      try {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
      } catch (IOException problem) {
        throw new IllegalStateException(problem);
      }
      Thread.ofVirtual().start(this::serve);
    }

    InetSocketAddress address() {
      return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    void close() throws IOException {
      server.close();
    }

    private void serve() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          socket.getOutputStream().write((name + " ").getBytes(StandardCharsets.US_ASCII));
          String received =
              new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
          socket.getOutputStream().write(received.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
          // The client has disconnected, or the test has ended.
        }
      }
    }
  }
}
