package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.DeliveredBatch;
import com.secureapprove.chat.message.receipts.DeliveredPositions.LockedRows;
import com.secureapprove.chat.message.receipts.ReadStates.Reader;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Receives the delivered positions that gateways report after they wrote frames to connections.
@Path("/internal/delivered")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
class DeliveredBatchResource {
  /// The most positions that one transaction moves. It bounds how long their rows are locked.
  private static final int POSITIONS_PER_TRANSACTION = 200;

  private final DeliveredPositions positions;

  DeliveredBatchResource(DeliveredPositions positions) {
    this.positions = positions;
  }

  /// Idempotent. Ignores people who are not in the conversation.
  @POST
  public void delivered(DeliveredBatch batch) {
    if (batch.items() == null || batch.items().size() > DeliveredBatch.MAX_ITEMS) {
      throw ProblemException.invalid("items", "must be at most " + DeliveredBatch.MAX_ITEMS);
    }
    Map<Reader, Long> seqs = new LinkedHashMap<>();
    batch
        .items()
        .forEach(item ->
            seqs.merge(new Reader(item.conversationId(), item.userId()), item.seq(), Math::max));
    List<Map.Entry<Reader, Long>> all = List.copyOf(seqs.entrySet());
    for (int from = 0; from < all.size(); from += POSITIONS_PER_TRANSACTION) {
      Map<Reader, Long> part = new LinkedHashMap<>();
      all.subList(from, Math.min(all.size(), from + POSITIONS_PER_TRANSACTION))
          .forEach(entry -> part.put(entry.getKey(), entry.getValue()));
      move(part);
    }
  }

  private void move(Map<Reader, Long> seqs) {
    for (Reader skipped : positions.move(seqs, LockedRows.SKIP)) {
      positions.move(Map.of(skipped, seqs.getOrDefault(skipped, 0L)), LockedRows.WAIT);
    }
  }
}
