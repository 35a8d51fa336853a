package com.secureapprove.chat.gateway;

import com.secureapprove.chat.testsupport.websocket.RawWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// Many cheap WebSocket clients. They count the received bytes, or do not read at all.
public final class RawSockets implements AutoCloseable {
  private final Selector selector;
  private final List<SocketChannel> channels = new ArrayList<>();
  private final Thread reader = new Thread(this::read, "raw-sockets");
  private volatile long received;

  public RawSockets() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader.setDaemon(true);
    reader.start();
  }

  /// One client after the upgrade.
  ///
  /// @param receiveBuffer the size of the receive buffer in bytes; 0 for the default
  public static RawWebSocket open(String token, int receiveBuffer) throws IOException {
    int port = URI.create(Client.origin()).getPort();
    return RawWebSocket.open(
        URI.create("ws://127.0.0.1:%d/ws/chat/".formatted(port)), token, receiveBuffer);
  }

  /// Opens more clients, whose received bytes are counted.
  public void connect(int clients, String token) throws IOException {
    for (int i = 0; i < clients; i++) {
      SocketChannel channel = open(token, 0).channel();
      channel.configureBlocking(false);
      channels.add(channel);
      selector.wakeup();
      channel.register(selector, SelectionKey.OP_READ);
    }
  }

  /// The number of bytes that all clients have received.
  public long received() {
    return received;
  }

  /// The CPU time of the counting thread, in ns.
  public long cpuTime() {
    return java.lang.management.ManagementFactory.getThreadMXBean()
        .getThreadCpuTime(reader.threadId());
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    try {
      while (selector.isOpen()) {
        selector.select(key -> {
          try {
            int count = ((SocketChannel) key.channel()).read(buffer.clear());
            if (count < 0) {
              key.channel().close();
            } else {
              received = received + count; // only this thread writes
            }
          } catch (IOException _) {
            key.cancel();
          }
        });
        Thread.onSpinWait();
      }
    } catch (IOException | java.nio.channels.ClosedSelectorException _) {
      // closed
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
      for (SocketChannel channel : channels) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
