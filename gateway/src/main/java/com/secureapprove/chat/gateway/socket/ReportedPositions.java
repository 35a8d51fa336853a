package com.secureapprove.chat.gateway.socket;

import com.secureapprove.chat.gateway.connection.CoalescedWork;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.function.BiFunction;

/// Positions of one kind that a client reported in one conversation and that wait for one call.
///
/// Ids of messages have no order: those of the original chat are random. So all reported ids are
/// sent, and message-service takes the message with the highest `seq`.
///
/// @param ids in the order of the reports; empty for the newest message of the conversation
/// @param path the path of message-service for one position
/// @param pathOfMany the path of message-service for the furthest of several
/// @param call posts a body to a path
record ReportedPositions(
    SequencedSet<UUID> ids,
    String path,
    String pathOfMany,
    BiFunction<String, Object, Future<?>> call)
    implements CoalescedWork {
  /// Of more ids, those that were reported first are dropped: clients report in order.
  private static final int MAX_IDS = 200;

  @Override
  public CoalescedWork with(CoalescedWork later) {
    if (!(later instanceof ReportedPositions other)) {
      return later;
    }
    if (ids.isEmpty() || other.ids.isEmpty()) {
      return ids.isEmpty() ? this : other;
    }
    SequencedSet<UUID> both = new LinkedHashSet<>(ids);
    other.ids.forEach(both::addLast);
    while (both.size() > MAX_IDS) {
      both.removeFirst();
    }
    return new ReportedPositions(both, path, pathOfMany, call);
  }

  @Override
  public Future<?> start() {
    return switch (ids.size()) {
      case 0 -> call.apply(path, Map.of());
      case 1 -> call.apply(path, Map.of("up_to", ids.getFirst()));
      default -> call.apply(pathOfMany, Map.of("furthest_of", List.copyOf(ids)));
    };
  }
}
