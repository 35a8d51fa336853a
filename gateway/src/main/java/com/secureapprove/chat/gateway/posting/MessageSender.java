package com.secureapprove.chat.gateway.posting;

import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Sends messages to message-service in batches. Messages of one conversation are stored in the
/// order in which they were posted. Thread-safe.
@Singleton
public class MessageSender {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RETRY_DELAY = Duration.ofMillis(200);

  private final Vertx vertx;
  private final UpstreamCalls calls;
  private final GatewayMeters meters;
  private final DeliveryLag lag;
  private final Map<String, TenantLanes> lanes = new ConcurrentHashMap<>();

  MessageSender(Vertx vertx, UpstreamCalls calls, GatewayMeters meters, DeliveryLag lag) {
    this.vertx = vertx;
    this.calls = calls;
    this.meters = meters;
    this.lag = lag;
  }

  /// Posts a message. The future completes with the outcome after the commit. It fails with a
  /// [ProblemException] if the outcome is unknown; a retry with the same idempotency key is safe.
  public Future<MessageBatch.Outcome> post(String tenant, MessageBatch.Item item) {
    long start = System.nanoTime();
    return lanes
        .computeIfAbsent(tenant, _ -> new TenantLanes(() -> laneOf(tenant)))
        .post(item)
        .onComplete(result ->
            meters.sendAnswered(
                result.succeeded() ? label(result.result()) : "failed",
                Duration.ofNanos(System.nanoTime() - start)));
  }

  private Lane laneOf(String tenant) {
    return new Lane(
        batch -> send(tenant, batch),
        () -> {
          Duration pause = lag.pause(tenant);
          return pause.isZero() ? Future.succeededFuture() : vertx.timer(pause.toMillis());
        });
  }

  private static String label(MessageBatch.Outcome outcome) {
    return outcome.message() == null ? "refused" : outcome.created() ? "stored" : "repeated";
  }

  /// Sends a batch, with one retry if message-service is unavailable. The retry is safe, because
  /// each message has an idempotency key.
  private Future<MessageBatch.Outcomes> send(String tenant, Supplier<MessageBatch> messages) {
    Sending sending = new Sending(tenant, messages);
    return call(sending)
        .recover(failure ->
            isUnavailable(failure)
                ? vertx.timer(RETRY_DELAY.toMillis()).compose(_ -> call(sending))
                : Future.failedFuture(failure))
        .onComplete(sending::ended);
  }

  private Future<MessageBatch.Outcomes> call(Sending sending) {
    return calls.post(
        Upstream.MESSAGE,
        CallKind.SEND,
        Share.ofTenant(sending.tenant),
        "/internal/messages",
        sending::batch,
        MessageBatch.Outcomes.class,
        TIMEOUT);
  }

  private static boolean isUnavailable(Throwable failure) {
    return failure instanceof ProblemException problem && problem.problem() == Problem.UNAVAILABLE;
  }

  /// A batch on its way. It is taken when its call may run, and observed for the delivery lag from
  /// then on.
  private final class Sending {
    private final String tenant;
    private final Supplier<MessageBatch> messages;
    private boolean taken;
    private Optional<DeliveryLag.Observation> observed = Optional.empty();

    Sending(String tenant, Supplier<MessageBatch> messages) {
      this.tenant = tenant;
      this.messages = messages;
    }

    synchronized MessageBatch batch() {
      MessageBatch batch = messages.get();
      if (!taken) {
        taken = true;
        meters.batchSent(batch.items().size());
        observed = lag.observe(tenant, batch.items().getFirst());
      }
      return batch;
    }

    synchronized void ended(AsyncResult<MessageBatch.Outcomes> result) {
      observed.ifPresent(observation -> {
        if (result.succeeded() && isStored(result.result())) {
          observation.acknowledge();
        } else {
          observation.cancel();
        }
      });
    }

    private static boolean isStored(MessageBatch.Outcomes outcomes) {
      return !outcomes.outcomes().isEmpty() && outcomes.outcomes().getFirst().created();
    }
  }
}
