package com.secureapprove.chat.gateway.posting;

import com.secureapprove.chat.contracts.MessageBatch;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The two lanes of a tenant: one for messages with files, one for all others. Storing a message
/// with files takes a call to attachment-service, and messages without files must not wait for it.
///
/// Messages of one conversation keep their order: while one of them is in a lane, the following
/// ones take the same lane. Thread-safe.
final class TenantLanes {
  private record InLane(Lane lane, int messages) {}

  private final Lane texts;
  private final Lane files;
  private final Map<UUID, InLane> conversations = new HashMap<>();

  TenantLanes(Supplier<Lane> newLane) {
    this.texts = newLane.get();
    this.files = newLane.get();
  }

  Future<MessageBatch.Outcome> post(MessageBatch.Item item) {
    UUID conversation = item.conversationId();
    Future<MessageBatch.Outcome> outcome;
    synchronized (this) {
      InLane known = conversations.get(conversation);
      Lane lane = known != null ? known.lane() : item.attachmentIds().isEmpty() ? texts : files;
      conversations.put(conversation, new InLane(lane, known == null ? 1 : known.messages() + 1));
      outcome = lane.post(item);
    }
    return outcome.onComplete(_ -> left(conversation));
  }

  private synchronized void left(UUID conversation) {
    conversations.computeIfPresent(conversation, (_, known) -> without(known));
  }

  private static @Nullable InLane without(InLane known) {
    return known.messages() == 1 ? null : new InLane(known.lane(), known.messages() - 1);
  }
}
