package com.secureapprove.chat.attachment.scanning;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A scanner that speaks clamd's protocol and answers as a test wants.
final class StubScanner implements AutoCloseable {
  private final ServerSocket server;
  private final Function<String, @Nullable String> answer;
  private final boolean early;
  private final CountDownLatch received = new CountDownLatch(1);
  private final Thread acceptor;

  /// @param answer the answer to a file; null if none comes
  StubScanner(int port, Function<String, @Nullable String> answer) throws IOException {
    this(port, answer, false);
  }

  private StubScanner(int port, Function<String, @Nullable String> answer, boolean early)
      throws IOException {
    this.early = early;
    this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.answer = answer;
    this.acceptor = Thread.ofVirtual().start(this::serve);
  }

  /// A scanner that answers after the first chunk, and closes the connection.
  static StubScanner answeringEarly(int port, String answer) throws IOException {
    return new StubScanner(port, _ -> answer, true);
  }

  /// Returns when the first file was received.
  void awaitFile() throws InterruptedException {
    received.await();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> scan(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void scan(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.readNBytes("zINSTREAM\0".length());
      StringBuilder file = new StringBuilder();
      for (int length = in.readInt(); length > 0; length = in.readInt()) {
        file.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
        if (early) {
          break;
        }
      }
      received.countDown();
      String text = answer.apply(file.toString());
      if (text == null) {
        in.readAllBytes(); // until the service gives up
      } else {
        client.getOutputStream().write((text + "\0").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException _) {
      // the service closed the connection at its deadline
    }
  }

  /// Returns when the port is free: it is held until the acceptor has left the call.
  @Override
  public void close() throws IOException {
    server.close();
    try {
      acceptor.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
