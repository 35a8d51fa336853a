package com.secureapprove.chat.gateway.posting;

import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A queue of messages for message-service that sends them in batches. One call is in flight at a
/// time; the next batch holds the messages that arrived during it. So there is no timer, and no
/// delay when the lane is idle. After a call the lane pauses if deliveries are behind.
///
/// A call takes its batch when it may run, not when it starts to wait for its turn. So the longer
/// the calls of many tenants wait for each other, the larger are their batches. Thread-safe.
final class Lane {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_WAITING = 10_000;
  private static final int BYTES_BESIDE_CONTENT = 512;

  private record Waiting(MessageBatch.Item item, Promise<MessageBatch.Outcome> answer) {
    int bytes() {
      return item.content().length() * 3 + BYTES_BESIDE_CONTENT;
    }
  }

  /// The messages of one call, taken from the queue once.
  private final class Batch {
    private @Nullable List<Waiting> taken;

    synchronized List<Waiting> taken() {
      if (taken == null) {
        taken = next();
      }
      return taken;
    }

    MessageBatch messages() {
      return new MessageBatch(taken().stream().map(Waiting::item).toList());
    }
  }

  private final Function<Supplier<MessageBatch>, Future<MessageBatch.Outcomes>> call;
  private final Supplier<Future<?>> pause;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private boolean inFlight;

  /// @param call sends a batch, which it takes from the supplier when it can send it; the supplier
  ///   gives the same batch again
  /// @param pause completes when the next batch may be sent
  Lane(
      Function<Supplier<MessageBatch>, Future<MessageBatch.Outcomes>> call,
      Supplier<Future<?>> pause) {
    this.call = call;
    this.pause = pause;
  }

  Future<MessageBatch.Outcome> post(MessageBatch.Item item) {
    Promise<MessageBatch.Outcome> answer = Promise.promise();
    synchronized (this) {
      if (queue.size() >= MAX_WAITING) {
        return Future.failedFuture(
            ProblemException.retryAfter(Problem.UNAVAILABLE, "Too many messages are queued", 2));
      }
      queue.add(new Waiting(item, answer));
      if (inFlight) {
        return answer.future();
      }
      inFlight = true;
    }
    send();
    return answer.future();
  }

  private void send() {
    Batch batch = new Batch();
    call.apply(batch::messages)
        .onSuccess(outcomes -> answer(batch.taken(), outcomes.outcomes()))
        .onFailure(failure -> batch.taken().forEach(waiting -> waiting.answer().fail(failure)))
        .onComplete(_ -> pause.get().onComplete(_ -> sendNext()));
  }

  private void sendNext() {
    synchronized (this) {
      inFlight = !queue.isEmpty();
      if (!inFlight) {
        return;
      }
    }
    send();
  }

  private synchronized List<Waiting> next() {
    List<Waiting> batch = new ArrayList<>();
    int bytes = 0;
    while (!queue.isEmpty() && batch.size() < MessageBatch.MAX_ITEMS) {
      bytes += queue.getFirst().bytes();
      if (bytes > MAX_BYTES && !batch.isEmpty()) {
        break;
      }
      batch.add(queue.removeFirst());
    }
    return batch;
  }

  private static void answer(List<Waiting> batch, List<MessageBatch.Outcome> outcomes) {
    for (int i = 0; i < batch.size(); i++) {
      if (i < outcomes.size()) {
        batch.get(i).answer().complete(outcomes.get(i));
      } else {
        batch
            .get(i)
            .answer()
            .fail(new ProblemException(Problem.INTERNAL, Problem.INTERNAL.title()));
      }
    }
  }
}
