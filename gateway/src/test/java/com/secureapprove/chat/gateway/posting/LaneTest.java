package com.secureapprove.chat.gateway.posting;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.contracts.MessageBatch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final List<Promise<MessageBatch.Outcomes>> calls = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();
  private Future<?> pause = Future.succeededFuture();
  private final Lane lane = new Lane(this::send, () -> pause);

  @Test
  void messagesThatArriveDuringACallShareTheNextOne() {
    post("a");
    post("b");
    post("c");
    assertThat(batches).containsExactly(List.of("a"));
    calls.getFirst().complete(new MessageBatch.Outcomes(List.of()));
    assertThat(batches).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void aCallThatWaitsForItsTurnTakesAllThatArriveMeanwhile() {
    List<Supplier<MessageBatch>> turns = new ArrayList<>();
    Lane waiting =
        new Lane(
            messages -> {
              turns.add(messages);
              return Future.future(_ -> {});
            },
            Future::succeededFuture);
    waiting.post(item("a"));
    waiting.post(item("b"));
    assertThat(turns).hasSize(1);
    assertThat(turns.getFirst().get().items()).hasSize(2);
    waiting.post(item("c"));
    assertThat(turns.getFirst().get().items()).hasSize(2); // a retry sends the same messages
  }

  @Test
  void messagesWhoseCallNeverGetsATurnFail() {
    Lane refused = new Lane(_ -> Future.failedFuture("no turn"), Future::succeededFuture);
    assertThat(refused.post(item("a")).failed()).isTrue();
    assertThat(refused.post(item("b")).failed()).isTrue();
  }

  @Test
  void laneSendsNothingDuringAPause() {
    Promise<Void> end = Promise.promise();
    pause = end.future();
    post("a");
    calls.getFirst().complete(new MessageBatch.Outcomes(List.of()));
    post("b");
    assertThat(batches).containsExactly(List.of("a"));
    end.complete();
    assertThat(batches).containsExactly(List.of("a"), List.of("b"));
  }

  private Future<MessageBatch.Outcomes> send(Supplier<MessageBatch> messages) {
    MessageBatch batch = messages.get();
    batches.add(batch.items().stream().map(MessageBatch.Item::content).toList());
    calls.add(Promise.promise());
    return calls.getLast().future();
  }

  private void post(String content) {
    lane.post(item(content));
  }

  private static MessageBatch.Item item(String content) {
    return new MessageBatch.Item(
        UUID.randomUUID(), "alice", content, List.of(), content, null, null);
  }
}
