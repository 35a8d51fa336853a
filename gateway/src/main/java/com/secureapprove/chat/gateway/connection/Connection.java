package com.secureapprove.chat.gateway.connection;

import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.connection.ConnectionState.Closed;
import com.secureapprove.chat.gateway.connection.ConnectionState.Joining;
import com.secureapprove.chat.gateway.connection.ConnectionState.Leaving;
import com.secureapprove.chat.gateway.frames.EncodedFrame;
import com.secureapprove.chat.platform.limits.TokenBucket;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A client's open WebSocket. Any thread may write to it and close it. Frames that one thread
/// writes keep their order.
///
/// Frames are written to the Netty channel below the WebSocket, because a frame that Vert.x's own
/// API writes is encoded again for each connection.
///
/// Frames that the client has not read yet wait in a queue of at most [#QUEUE_BYTES]. If the queue
/// is full, the connection is closed, so that a slow reader does not delay others.
public final class Connection {
  /// Maximum size of the frames that the client has not read yet.
  public static final int QUEUE_BYTES = 1 << 20;

  /// Maximum number of the client's requests that have not started yet.
  private static final int MAX_WAITING = 1_000;

  /// Frames that are written together are sent with one system call, at most this many.
  private static final int MAX_WRITES_PER_FLUSH = 256;

  /// How long the client may take to read the remaining frames and to answer the close frame.
  static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  /// The bucket holds twice as many frames as the client may send per second.
  private static final Duration BURST_REFILL = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final WebSocketConnection socket;
  private final HttpConnection transport;
  private final ChannelHandlerContext channel;
  private final String id;
  private final AuthenticatedCaller caller;
  private final AtomicReference<ConnectionState> state = new AtomicReference<>(new Joining());
  private final AtomicInteger unreadBytes = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger pendingResponses = new AtomicInteger();
  private final TokenBucket rateLimit;
  private final BooleanSupplier rateLimitOfPerson;
  private final Coalescing coalescing;
  private Future<?> previous = Future.succeededFuture();
  private volatile Instant expiry;
  private volatile long receivedAt = System.nanoTime();

  /// @param framesPerSecond the rate limit for frames of the client
  /// @param rateLimitOfPerson counts a frame for all connections of the person, and returns whether
  ///   it is within their limit
  /// @param expiry when the credentials expire; the connection must not outlive them
  public Connection(
      Vertx vertx,
      WebSocketConnection socket,
      HttpConnection transport,
      String id,
      AuthenticatedCaller caller,
      int framesPerSecond,
      BooleanSupplier rateLimitOfPerson,
      Instant expiry) {
    this.vertx = vertx;
    this.socket = socket;
    this.transport = transport;
    this.channel = ((ConnectionBase) transport).channelHandlerContext();
    if (channel.pipeline().get(FlushConsolidationHandler.class) == null) {
      channel.pipeline().addFirst(new FlushConsolidationHandler(MAX_WRITES_PER_FLUSH, true));
    }
    this.id = id;
    this.caller = caller;
    this.rateLimit = new TokenBucket(2 * framesPerSecond, BURST_REFILL, receivedAt);
    this.rateLimitOfPerson = rateLimitOfPerson;
    this.expiry = expiry;
    this.coalescing = new Coalescing(vertx, this::isOpen, this::trackResponse);
  }

  /// The ID of this connection, on the wire `session_id`.
  public String id() {
    return id;
  }

  public String tenant() {
    return caller.tenant();
  }

  public AuthenticatedCaller caller() {
    return caller;
  }

  public String userId() {
    return caller.person().userId();
  }

  /// Writes the first frame, once. The client receives all later events.
  public void welcome(EncodedFrame greeting) {
    if (state.get() instanceof Joining joining && state.compareAndSet(joining, joining.welcome())) {
      write(greeting);
    }
  }

  /// Writes a frame, unless the connection is closed.
  public void write(EncodedFrame frame) {
    if (state.get() instanceof Closed) {
      return;
    }
    int bytes = frame.utf8().length;
    if (unreadBytes.getAndAdd(bytes) > QUEUE_BYTES) {
      close(CloseCause.TOO_SLOW);
      return;
    }
    // completes when the bytes are sent, and fails only if the connection is closed
    channel
        .writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(frame.utf8())))
        .addListener(_ -> unreadBytes.addAndGet(-bytes));
  }

  /// Back-pressure: whether writers of many frames should wait until the client has read more.
  public boolean hasBacklog() {
    return unreadBytes.get() > QUEUE_BYTES / 4;
  }

  /// Starts a request of the client after its previous requests have started, to keep their order.
  /// Closes the connection if too many requests wait. On the socket's event loop.
  public <T> Future<T> inOrder(Supplier<Future<T>> work) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      close(CloseCause.TOO_MANY);
    }
    Future<T> started =
        previous.transform(_ -> work.get()).onComplete(_ -> waiting.decrementAndGet());
    previous = started;
    return started;
  }

  /// Coalesces work: all work of a key that waits becomes one, such as the positions in a
  /// conversation. One work runs at a time. On the socket's event loop.
  ///
  /// @param pace called before each work; zero if it may start now, otherwise how long to wait
  /// @return false if too many keys wait; the work is then never run
  public boolean runCoalesced(Object key, CoalescedWork work, Supplier<Duration> pace) {
    return coalescing.run(key, work, pace);
  }

  /// Counts a response that the client waits for, so that draining sends it before the close. Call
  /// this after registering the handler that writes the response.
  public void trackResponse(Future<?> response) {
    pendingResponses.incrementAndGet();
    response.onComplete(_ -> {
      pendingResponses.decrementAndGet();
      closeIfDrained();
    });
  }

  /// Ignores further frames of the client, sends the pending responses and closes the connection,
  /// at the latest after the given time.
  void drain(Duration atMost) {
    if (isOpen()) {
      state.updateAndGet(ConnectionState::leave);
      vertx.setTimer(atMost.toMillis(), _ -> close(CloseCause.DRAINING));
      closeIfDrained();
    }
  }

  private void closeIfDrained() {
    if (state.get() instanceof Leaving && pendingResponses.get() == 0) {
      close(CloseCause.DRAINING);
    }
  }

  /// Sends a close frame, once. Closes the transport after a grace period if the client does not
  /// answer.
  public void close(CloseCause cause) {
    if (!end(cause)) {
      return;
    }
    long timer = vertx.setTimer(CLOSE_GRACE.toMillis(), _ -> transport.close());
    transport.closeHandler(_ -> vertx.cancelTimer(timer));
    socket.close(cause.toReason()).subscribe().with(_ -> {}, _ -> {});
  }

  /// Marks the connection as closed.
  ///
  /// @return false if it was closed before
  boolean end(CloseCause cause) {
    ConnectionState old = state.getAndUpdate(now -> now.close(cause));
    return !(old instanceof Closed);
  }

  /// Why the connection was closed.
  CloseCause cause() {
    return state.get() instanceof Closed(CloseCause cause) ? cause : CloseCause.GONE;
  }

  /// Whether frames of the client are still processed.
  public boolean isOpen() {
    return !(state.get() instanceof Closed || state.get() instanceof Leaving);
  }

  /// Counts a frame of the client, which is also its heartbeat. On the socket's event loop.
  ///
  /// @return whether the frame is within the rate limit
  public boolean frameReceived() {
    receivedAt = System.nanoTime();
    return isAllowed(receivedAt);
  }

  /// Counts a ping, a pong or a further part of a message. It is no heartbeat, because it does not
  /// show that the client's application is alive. On the socket's event loop.
  ///
  /// @return whether the frame is within the rate limit
  public boolean controlFrameReceived() {
    return isAllowed(System.nanoTime());
  }

  private boolean isAllowed(long now) {
    return rateLimit.tryTake(now) && rateLimitOfPerson.getAsBoolean();
  }

  boolean isSilentFor(Duration limit) {
    return System.nanoTime() - receivedAt > limit.toNanos();
  }

  boolean isExpiredAt(Instant now) {
    return !expiry.isAfter(now);
  }

  /// Extends the connection after the client has sent new credentials of the same person.
  public void renew(Instant newExpiry) {
    expiry = newExpiry;
  }
}
