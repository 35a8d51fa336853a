package com.secureapprove.chat.gateway.connection;

import com.secureapprove.chat.gateway.authentication.AuthenticatedCaller;
import com.secureapprove.chat.gateway.connection.ConnectionState.Closed;
import com.secureapprove.chat.gateway.connection.ConnectionState.Joining;
import com.secureapprove.chat.gateway.connection.ConnectionState.Leaving;
import com.secureapprove.chat.gateway.frames.EncodedFrame;
import com.secureapprove.chat.gateway.limits.TokenBucket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A client's open WebSocket. Any thread may write to it and close it; frames arrive in the order
/// in which one thread writes them.
///
/// What the client has not read yet waits in a queue of at most [#QUEUE_BYTES]; a client that lets
/// it fill up is closed, so that it slows nobody else.
public final class Connection {
  /// The most that may wait for a client.
  public static final int QUEUE_BYTES = 1 << 20;

  /// How much a client may ask for without waiting for what it asked for before.
  private static final int MOST_WAITING = 1_000;

  /// How long a client has to answer a close, or to read what waits before it.
  static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  /// The bucket holds twice as many frames as the client may send per second.
  private static final Duration BURST_REFILL = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final WebSocketConnection socket;
  private final HttpConnection transport;
  private final String session;
  private final AuthenticatedCaller signedIn;
  private final AtomicReference<ConnectionState> life = new AtomicReference<>(new Joining());
  private final AtomicInteger unread = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final TokenBucket budget;
  private Future<?> before = Future.succeededFuture();
  private volatile Instant end;
  private volatile long heardAt = System.nanoTime();

  /// @param framesPerSecond how many the client may send
  /// @param end when the credentials end; the connection ends with them
  public Connection(
      Vertx vertx,
      WebSocketConnection socket,
      HttpConnection transport,
      String session,
      AuthenticatedCaller signedIn,
      int framesPerSecond,
      Instant end) {
    this.vertx = vertx;
    this.socket = socket;
    this.transport = transport;
    this.session = session;
    this.signedIn = signedIn;
    this.budget = new TokenBucket(2 * framesPerSecond, BURST_REFILL, heardAt);
    this.end = end;
  }

  /// The session's own id, which it is told when it is welcomed.
  public String session() {
    return session;
  }

  public String tenant() {
    return signedIn.tenant();
  }

  public AuthenticatedCaller signedIn() {
    return signedIn;
  }

  public String userId() {
    return signedIn.person().userId();
  }

  /// Greets the client, once; from now on it misses nothing.
  public void welcome(EncodedFrame greeting) {
    if (life.get() instanceof Joining joining && life.compareAndSet(joining, joining.welcome())) {
      write(greeting);
    }
  }

  /// Writes a frame, unless the connection is over.
  public void write(EncodedFrame frame) {
    if (life.get() instanceof Closed) {
      return;
    }
    if (unread.getAndAdd(frame.bytes()) > QUEUE_BYTES) {
      close(CloseCause.TOO_SLOW);
      return;
    }
    // completes when the bytes have left; what fails has failed because the connection is over
    socket
        .sendText(frame.text())
        .subscribe()
        .with(_ -> unread.addAndGet(-frame.bytes()), _ -> unread.addAndGet(-frame.bytes()));
  }

  /// Whether so much waits for the client that whoever has more to write had better wait, too.
  public boolean isBehind() {
    return unread.get() > QUEUE_BYTES / 4;
  }

  /// Begins some work of the client when what it asked for before has begun, so that nothing
  /// overtakes. A client that piles up too much of it is closed. On the socket's event loop.
  public <T> Future<T> inOrder(Supplier<Future<T>> work) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      close(CloseCause.TOO_MANY);
    }
    Future<T> begun = before.transform(_ -> work.get()).onComplete(_ -> waiting.decrementAndGet());
    before = begun;
    return begun;
  }

  /// Notes that the client waits for the outcome of some work. To be called after whatever answers
  /// it was registered with the future.
  public void owes(Future<?> outcome) {
    unanswered.incrementAndGet();
    outcome.onComplete(_ -> {
      unanswered.decrementAndGet();
      closeIfAnswered();
    });
  }

  /// Hears nothing more of the client, answers what it asked before, and then says goodbye; at the
  /// latest when the time is over.
  void drain(Duration atMost) {
    if (isOpen()) {
      life.updateAndGet(ConnectionState::leave);
      vertx.setTimer(atMost.toMillis(), _ -> close(CloseCause.DRAINING));
      closeIfAnswered();
    }
  }

  private void closeIfAnswered() {
    if (life.get() instanceof Leaving && unanswered.get() == 0) {
      close(CloseCause.DRAINING);
    }
  }

  /// Says goodbye, once, and sees to it that the connection ends even if the client does not read.
  public void close(CloseCause cause) {
    if (!end(cause)) {
      return;
    }
    long timer = vertx.setTimer(CLOSE_GRACE.toMillis(), _ -> transport.close());
    transport.closeHandler(_ -> vertx.cancelTimer(timer));
    socket.close(cause.toReason()).subscribe().with(_ -> {}, _ -> {});
  }

  /// Notes that the connection is over, and answers whether it was not yet.
  boolean end(CloseCause cause) {
    ConnectionState before = life.getAndUpdate(now -> now.close(cause));
    return !(before instanceof Closed);
  }

  /// Why it is over.
  CloseCause cause() {
    return life.get() instanceof Closed(CloseCause cause) ? cause : CloseCause.GONE;
  }

  /// Whether frames of the client are still to be answered.
  public boolean isOpen() {
    return !(life.get() instanceof Closed || life.get() instanceof Leaving);
  }

  /// The client said something; whether it may say so much. On the socket's event loop.
  public boolean heard() {
    heardAt = System.nanoTime();
    return budget.tryTake(heardAt);
  }

  /// A ping of the WebSocket came, which is answered already; whether there may be so many. It is
  /// no sign of life: that the client's application says something is.
  public boolean pinged() {
    return budget.tryTake(System.nanoTime());
  }

  boolean isSilentFor(Duration limit) {
    return System.nanoTime() - heardAt > limit.toNanos();
  }

  boolean isEndedAt(Instant now) {
    return !end.isAfter(now);
  }

  /// The client has shown fresh credentials of the same person.
  public void renew(Instant newEnd) {
    end = newEnd;
  }
}
