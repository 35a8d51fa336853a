package com.secureapprove.chat.gateway.posting;

import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.gateway.metrics.GatewayMeters;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Sends messages to message-service. Any thread may post; messages of one conversation are stored
/// in the order in which they were posted.
@Singleton
public class MessageSender {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /// More lanes let a tenant's conversations wait less for each other; fewer make larger batches.
  private static final int LANES_A_TENANT = 4;

  private record LaneKey(String tenant, int lane) {}

  private final Vertx vertx;
  private final UpstreamCalls calls;
  private final GatewayMeters meters;
  private final Map<LaneKey, Lane> lanes = new ConcurrentHashMap<>();

  MessageSender(Vertx vertx, UpstreamCalls calls, GatewayMeters meters) {
    this.vertx = vertx;
    this.calls = calls;
    this.meters = meters;
  }

  /// Posts a message. The future tells the outcome after its commit, and fails with a
  /// [ProblemException] where it is not known: repeating it with the same key is safe then.
  public Future<MessageBatch.Outcome> post(String tenant, MessageBatch.Item item) {
    int lane = Math.floorMod(item.conversationId().hashCode(), LANES_A_TENANT);
    return lanes
        .computeIfAbsent(new LaneKey(tenant, lane), _ -> new Lane(batch -> send(tenant, batch)))
        .post(item)
        .onComplete(
            result -> meters.sendAnswered(result.succeeded() ? label(result.result()) : "failed"));
  }

  private static String label(MessageBatch.Outcome outcome) {
    return outcome.message() == null ? "refused" : outcome.created() ? "stored" : "repeated";
  }

  /// Sends a batch, and once more where it is not known whether it arrived: every message has its
  /// idempotency key.
  private Future<MessageBatch.Outcomes> send(String tenant, MessageBatch batch) {
    meters.batchSent(batch.items().size());
    return call(tenant, batch)
        .recover(failure ->
            isUnavailable(failure)
                ? pause().compose(_ -> call(tenant, batch))
                : Future.failedFuture(failure));
  }

  private Future<MessageBatch.Outcomes> call(String tenant, MessageBatch batch) {
    return calls.post(
        Upstream.MESSAGE, tenant, "/internal/messages", batch, MessageBatch.Outcomes.class, LIMIT);
  }

  private static boolean isUnavailable(Throwable failure) {
    return failure instanceof ProblemException problem && problem.problem() == Problem.UNAVAILABLE;
  }

  private Future<Void> pause() {
    Promise<Void> promise = Promise.promise();
    vertx.setTimer(PAUSE.toMillis(), _ -> promise.complete());
    return promise.future();
  }
}
