package com.secureapprove.chat.testsupport.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A WebSocket connection on a plain socket. It sends pings and fragments, which a WebSocket
/// library does not offer, and it reads only on request. Not thread-safe.
public final class RawWebSocket implements AutoCloseable {

  private static final int TIMEOUT_MS = 30_000;
  private static final int FIN = 0x80;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;

  private final SocketChannel channel;

  private record Frame(int opcode, ByteBuffer payload) {}

  private RawWebSocket(SocketChannel channel) {
    this.channel = channel;
  }

  /// Connects and upgrades.
  ///
  /// @param receiveBuffer the size of the receive buffer in bytes; 0 for the default
  /// @throws IOException if the connection fails, or the server refuses the upgrade
  public static RawWebSocket open(URI address, String token, int receiveBuffer) throws IOException {
    SocketChannel channel = SocketChannel.open();
    if (receiveBuffer > 0) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
    }
    channel.connect(new InetSocketAddress(address.getHost(), address.getPort()));
    channel.socket().setSoTimeout(TIMEOUT_MS);
    RawWebSocket socket = new RawWebSocket(channel);
    String upgrade =
        """
        GET %s HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(address.getPath(), address.getAuthority(), token);
    socket.write(ByteBuffer.wrap(upgrade.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder response = new StringBuilder();
    while (response.indexOf("\r\n\r\n") < 0) {
      response.append((char) socket.read(1).get());
    }
    if (!response.toString().startsWith("HTTP/1.1 101")) {
      channel.close();
      throw new IOException("upgrade refused: " + response);
    }
    return socket;
  }

  /// The channel, for a test that reads or polls it itself.
  public SocketChannel channel() {
    return channel;
  }

  /// Sends one text message in several fragments, each of less than 64 KiB.
  public void sendFragments(String... fragments) throws IOException {
    sendFragments(
        Arrays.stream(fragments)
            .map(fragment -> fragment.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  /// Sends one text message of any bytes, which may be invalid UTF-8, in several fragments.
  public void sendFragments(byte[]... fragments) throws IOException {
    for (int i = 0; i < fragments.length; i++) {
      int fin = i == fragments.length - 1 ? FIN : 0;
      write(head(fin | (i == 0 ? TEXT : CONTINUATION), fragments[i].length));
      write(ByteBuffer.wrap(fragments[i]));
    }
  }

  /// Begins a text message, and sends empty continuation frames. Ignores failures after the server
  /// closes the connection.
  public void continueWithNothing(int times) {
    try {
      write(head(TEXT, 0));
      for (int i = 0; i < times; i++) {
        write(head(CONTINUATION, 0));
      }
    } catch (IOException _) {
      // the server closed the connection
    }
  }

  /// Sends WebSocket pings, and ignores failures after the server closes the connection.
  public void ping(int times) {
    try {
      for (int i = 0; i < times; i++) {
        write(head(FIN | PING, 0));
      }
    } catch (IOException _) {
      // the server closed the connection
    }
  }

  /// The next text message; skips other frames.
  public String nextText() throws IOException {
    Frame frame = next();
    while (frame.opcode() != TEXT) {
      frame = next();
    }
    return StandardCharsets.UTF_8.decode(frame.payload()).toString();
  }

  /// The close code; skips earlier frames.
  public int closeCode() throws IOException {
    Frame frame = next();
    while (frame.opcode() != CLOSE) {
      frame = next();
    }
    return frame.payload().getShort() & 0xFFFF;
  }

  /// The header of a frame. Its mask is zero, which leaves the payload unchanged.
  private static ByteBuffer head(int first, int length) {
    ByteBuffer head = ByteBuffer.allocate(8).put((byte) first);
    if (length < 126) {
      head.put((byte) (0x80 | length));
    } else {
      head.put((byte) (0x80 | 126)).putShort((short) length);
    }
    return head.putInt(0).flip();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private Frame next() throws IOException {
    ByteBuffer head = read(2);
    int opcode = head.get() & 0x0F;
    int length = head.get() & 0x7F;
    if (length == 126) {
      length = read(2).getShort() & 0xFFFF;
    } else if (length == 127) {
      length = Math.toIntExact(read(8).getLong());
    }
    return new Frame(opcode, read(length));
  }

  /// Through the socket of the channel, because only that has a timeout.
  private ByteBuffer read(int length) throws IOException {
    byte[] bytes = channel.socket().getInputStream().readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the connection ended without a close frame");
    }
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
