package com.secureapprove.chat.localstack.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A TCP proxy. It passes each connection to the next of several addresses, like a Kubernetes
/// Service, without reading the data. Connections can be cut and slowed down.
///
/// It listens on loopback from its creation. Safe for several threads.
public final class TcpProxy implements AutoCloseable {

  private static final int BACKLOG = 256;
  private static final int CHUNK = 16 * 1024;
  private static final int CONNECTS_WITHIN_MILLIS = 1_000;

  private final ServerSocket server;
  private final Supplier<List<InetSocketAddress>> targets;
  private final AtomicInteger turn = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;

  /// @param port the port on which it listens; 0 for any free port
  /// @param targets the addresses for a new connection. Without an address that accepts it, the
  ///   connection is closed.
  public TcpProxy(int port, Supplier<List<InetSocketAddress>> targets) {
    this.targets = targets;
    try {
      server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException problem) {
      throw new UncheckedIOException("port " + port, problem);
    }
    Thread.ofVirtual().name("tcp-proxy-" + server.getLocalPort()).start(this::accept);
  }

  /// The port on which it listens.
  public int port() {
    return server.getLocalPort();
  }

  /// Closes every open connection.
  public void cut() {
    open.forEach(TcpProxy::close);
  }

  /// Delays each chunk of data by this time, in both directions.
  public void slowDown(Duration delay) {
    this.delay = delay;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket inward = server.accept();
        Thread.ofVirtual().start(() -> pass(inward));
      } catch (IOException _) {
        // Closed, or temporarily out of file descriptors.
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
    }
  }

  private void pass(Socket inward) {
    Socket outward = connect();
    if (outward == null) {
      close(inward);
      return;
    }
    open.add(inward);
    open.add(outward);
    Thread.ofVirtual().start(() -> copy(inward, outward));
    copy(outward, inward);
  }

  private @Nullable Socket connect() {
    List<InetSocketAddress> now = targets.get();
    for (int tried = 0; tried < now.size(); tried++) {
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(
            now.get(Math.floorMod(turn.getAndIncrement(), now.size())), CONNECTS_WITHIN_MILLIS);
        return socket;
      } catch (IOException _) {
        close(socket);
      }
    }
    return null;
  }

  private void copy(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      from.setTcpNoDelay(true);
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        LockSupport.parkNanos(delay.toNanos());
        out.write(chunk, 0, length);
      }
      // A half-closed connection: the sender has finished, but still reads.
      to.shutdownOutput();
    } catch (IOException _) {
      close(from);
      close(to);
    } finally {
      if (from.isOutputShutdown() || to.isClosed()) {
        close(from);
        close(to);
        open.remove(from);
        open.remove(to);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // The socket is closed even if close() fails.
    }
  }
}
