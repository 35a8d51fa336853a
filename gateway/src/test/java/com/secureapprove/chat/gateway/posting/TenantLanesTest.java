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

class TenantLanesTest {
  private final List<Promise<MessageBatch.Outcomes>> calls = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();
  private final TenantLanes lanes =
      new TenantLanes(() -> new Lane(this::send, Future::succeededFuture));
  private final UUID one = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @Test
  void aMessageDoesNotWaitForTheFilesOfAnotherConversation() {
    post(one, "files", true);
    post(other, "text", false);
    assertThat(batches).containsExactly(List.of("files"), List.of("text"));
  }

  @Test
  void aMessageWaitsForTheFilesBeforeItInItsConversation() {
    post(one, "files", true);
    post(one, "text", false);
    assertThat(batches).containsExactly(List.of("files"));
    complete(0);
    assertThat(batches).containsExactly(List.of("files"), List.of("text"));
  }

  @Test
  void filesWaitForTheMessageBeforeThemInTheirConversation() {
    post(one, "text", false);
    post(one, "files", true);
    assertThat(batches).containsExactly(List.of("text"));
    complete(0);
    assertThat(batches).containsExactly(List.of("text"), List.of("files"));
  }

  @Test
  void aConversationWithoutWaitingFilesTakesTheLaneForMessagesAgain() {
    post(one, "files", true);
    complete(0);
    post(other, "more files", true);
    post(one, "text", false);
    assertThat(batches).containsExactly(List.of("files"), List.of("more files"), List.of("text"));
  }

  private Future<MessageBatch.Outcomes> send(Supplier<MessageBatch> messages) {
    batches.add(messages.get().items().stream().map(MessageBatch.Item::content).toList());
    calls.add(Promise.promise());
    return calls.getLast().future();
  }

  private void complete(int call) {
    calls.get(call).fail("the outcome does not matter");
  }

  private void post(UUID conversation, String content, boolean hasFiles) {
    List<UUID> files = hasFiles ? List.of(UUID.randomUUID()) : List.of();
    lanes.post(new MessageBatch.Item(conversation, "alice", content, files, content, null, null));
  }
}
