package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.gateway.activity.ActivityTracker;
import com.secureapprove.chat.gateway.authentication.Credential.BearerToken;
import com.secureapprove.chat.gateway.authentication.Credential.SessionCookie;
import com.secureapprove.chat.gateway.authentication.Issuer;
import com.secureapprove.chat.gateway.authentication.TokenRenewal;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.CoalescedWork;
import com.secureapprove.chat.gateway.connection.Connection;
import com.secureapprove.chat.gateway.fanout.Fanout;
import com.secureapprove.chat.gateway.frames.ClientFrame;
import com.secureapprove.chat.gateway.frames.ClientFrame.Auth;
import com.secureapprove.chat.gateway.frames.FrameReader;
import com.secureapprove.chat.gateway.frames.FrameWriter;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.gateway.limits.Limit;
import com.secureapprove.chat.gateway.limits.RateLimits;
import com.secureapprove.chat.gateway.posting.MessageSender;
import com.secureapprove.chat.gateway.signals.TypingSignals;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.platform.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Handles the frames of clients. A refused frame gets an error frame; the connection stays open.
@Singleton
class ClientFrameHandler {
  private static final Logger LOG = Logger.getLogger(ClientFrameHandler.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final FrameReader reader;
  private final FrameWriter writer;
  private final MessageSender sender;
  private final Fanout fanout;
  private final TypingSignals typing;
  private final UpstreamCalls calls;
  private final ActivityTracker activity;
  private final RateLimits limits;
  private final TokenRenewal tokens;
  private final Tracing tracing;

  ClientFrameHandler(
      FrameReader reader,
      FrameWriter writer,
      MessageSender sender,
      Fanout fanout,
      TypingSignals typing,
      UpstreamCalls calls,
      ActivityTracker activity,
      RateLimits limits,
      TokenRenewal tokens,
      Tracing tracing) {
    this.reader = reader;
    this.writer = writer;
    this.sender = sender;
    this.fanout = fanout;
    this.typing = typing;
    this.calls = calls;
    this.activity = activity;
    this.limits = limits;
    this.tokens = tokens;
    this.tracing = tracing;
  }

  /// Handles one text frame. On the socket's event loop.
  void handle(Connection connection, String text) {
    activity.active(connection.tenant(), connection.userId());
    switch (reader.read(text)) {
      case ClientFrame.Ping _ -> fanout.pong(connection);
      case ClientFrame.Send send -> post(connection, send);
      case ClientFrame.Typing(UUID conversation) ->
          typing.typing(connection, conversation, () -> refuseTyping(connection));
      case ClientFrame.MarkRead read -> markRead(connection, read);
      case ClientFrame.Delivered(UUID conversation, UUID upTo) -> {
        String path = "/internal/conversations/" + conversation + "/delivered";
        forward(connection, upTo, path, path);
      }
      case Auth(String token) ->
          coalesce(connection, Auth.class, new Renewal(() -> renew(connection, token)));
      case ClientFrame.Invalid(String detail, String key) ->
          refuse(connection, Problem.INVALID.code(), detail, key, null);
    }
  }

  /// Only the newest token matters.
  private record Renewal(Supplier<Future<?>> work) implements CoalescedWork {
    @Override
    public CoalescedWork with(CoalescedWork later) {
      return later;
    }

    @Override
    public Future<?> start() {
      return work.get();
    }
  }

  /// Runs work of a key once for everything that waits, at the rate of other changes.
  private void coalesce(Connection connection, Object key, CoalescedWork work) {
    boolean accepted =
        connection.runCoalesced(
            key, work, () -> limits.takeLocally(Limit.CHANGES, connection.caller().share()));
    if (!accepted) {
      refuse(
          connection,
          Problem.RATE_LIMITED.code(),
          "Too many conversations at the same time",
          null,
          1);
    }
  }

  private Future<?> renew(Connection connection, String token) {
    return switch (connection.caller().credential()) {
      case BearerToken(Issuer issuer, String subject, Instant _) ->
          tokens
              .expiryOf(token, issuer, subject, connection.tenant())
              .onSuccess(end ->
                  end.ifPresentOrElse(
                      connection::renew, () -> connection.close(CloseCause.CREDENTIALS_ENDED)))
              .onFailure(failure -> refuse(connection, failure, null));
      case SessionCookie _ -> {
        refuse(
            connection,
            Problem.INVALID.code(),
            "This connection does not use an access token",
            null,
            null);
        yield Future.succeededFuture();
      }
    };
  }

  private void refuseTyping(Connection connection) {
    refuse(connection, Problem.NOT_FOUND.code(), "No such conversation", null, null);
  }

  private void markRead(Connection connection, ClientFrame.MarkRead read) {
    forward(
        connection,
        read.upTo(),
        "/api/chat/conversations/" + read.conversationId() + "/mark_read",
        "/internal/conversations/" + read.conversationId() + "/read");
  }

  /// Forwards a position of the person to message-service. Positions of a kind and conversation
  /// that wait are forwarded together.
  ///
  /// @param upTo null for the newest message
  private void forward(Connection connection, @Nullable UUID upTo, String path, String pathOfMany) {
    SequencedSet<UUID> ids = new LinkedHashSet<>();
    if (upTo != null) {
      ids.add(upTo);
    }
    coalesce(
        connection,
        path,
        new ReportedPositions(
            ids, path, pathOfMany, (to, body) -> callMessageService(connection, to, body)));
  }

  private Future<?> callMessageService(Connection connection, String path, Object body) {
    return calls
        .postAs(
            connection.caller().person(),
            connection.id(),
            Upstream.MESSAGE,
            connection.tenant(),
            path,
            body,
            UpstreamCalls.Done.class,
            TIMEOUT)
        .onFailure(failure -> refuse(connection, failure, null));
  }

  private void post(Connection connection, ClientFrame.Send send) {
    Span span = tracing.enter("send message", null);
    MessageBatch.Item item =
        new MessageBatch.Item(
            send.conversationId(),
            connection.userId(),
            send.content(),
            send.attachmentIds(),
            send.clientMessageId(),
            connection.id(),
            Tracing.causeOf(span));
    connection.trackResponse(
        connection
            .inOrder(() -> start(connection, item))
            .compose(Started::outcome)
            .onSuccess(outcome -> answer(connection, send.clientMessageId(), outcome))
            .onFailure(failure -> refuse(connection, failure, send.clientMessageId()))
            .onComplete(_ -> span.end()));
  }

  /// A send that was put into its lane.
  private record Started(Future<MessageBatch.Outcome> outcome) {}

  /// Applies the rate limit and puts the message into its lane. A duplicate does not count.
  private Future<Started> start(Connection connection, MessageBatch.Item item) {
    return limits
        .take(Limit.MESSAGES, connection.caller().share())
        .map(taken ->
            new Started(
                sender
                    .post(connection.tenant(), item)
                    .onSuccess(outcome -> limits.settle(taken, statusOf(outcome)))));
  }

  /// The status with which the same message would be answered over REST.
  private static int statusOf(MessageBatch.Outcome outcome) {
    MessageBatch.Refusal refusal = outcome.refusal();
    return refusal == null
        ? outcome.created() ? 201 : 200
        : Problem.ofCode(refusal.code()).map(Problem::status).orElse(400);
  }

  private void answer(Connection connection, String key, MessageBatch.Outcome outcome) {
    MessageBatch.Refusal refusal = outcome.refusal();
    if (outcome.message() != null) {
      send(connection, new ServerFrame.Ack(key, outcome.message()));
    } else if (refusal != null) {
      refuse(connection, refusal.code(), refusal.detail(), key, null);
    }
  }

  private void refuse(Connection connection, Throwable failure, @Nullable String key) {
    if (failure instanceof ProblemException problem) {
      refuse(connection, problem.problem().code(), problem.detail(), key, problem.retryAfter());
    } else {
      LOG.errorf(failure, "frame_failed connection=%s", connection.id());
      refuse(connection, Problem.INTERNAL.code(), Problem.INTERNAL.title(), key, null);
    }
  }

  private void refuse(
      Connection connection,
      String code,
      String detail,
      @Nullable String key,
      @Nullable Integer retryAfter) {
    send(connection, new ServerFrame.Refused(code, detail, key, retryAfter));
  }

  private void send(Connection connection, ServerFrame frame) {
    connection.write(writer.encode(frame));
  }
}
