package com.secureapprove.chat.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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

  /// One client after the upgrade. The caller reads its channel.
  public static SocketChannel open(String token, int receiveBuffer) throws IOException {
    URI origin = URI.create(Client.origin());
    SocketChannel channel = SocketChannel.open();
    if (receiveBuffer > 0) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
    }
    channel.connect(new InetSocketAddress("127.0.0.1", origin.getPort()));
    String upgrade =
        """
        GET /ws/chat/ HTTP/1.1\r
        Host: localhost:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(origin.getPort(), token);
    channel.write(ByteBuffer.wrap(upgrade.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder answer = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (answer.indexOf("\r\n\r\n") < 0) {
      if (channel.read(one.clear()) < 0) {
        throw new IOException("no upgrade: " + answer);
      }
      answer.append((char) one.get(0));
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      throw new IOException("no upgrade: " + answer);
    }
    return channel;
  }

  /// Opens more clients, whose received bytes are counted.
  public void connect(int clients, String token) throws IOException {
    for (int i = 0; i < clients; i++) {
      SocketChannel channel = open(token, 0);
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
