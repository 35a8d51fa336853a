package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.DeliveredBatch;
import com.secureapprove.chat.message.receipts.DeliveredPositions.Locked;
import com.secureapprove.chat.message.receipts.ReadStates.Reader;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where gateways tell what they wrote to sockets.
@Path("/internal/delivered")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
class DeliveredBatchResource {
  /// How many positions are moved in one transaction.
  private static final int AT_ONCE = 200;

  private final DeliveredPositions deliveries;

  DeliveredBatchResource(DeliveredPositions deliveries) {
    this.deliveries = deliveries;
  }

  /// Idempotent; items of people who are not in the conversation are passed over.
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
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      Map<Reader, Long> few = new LinkedHashMap<>();
      all.subList(from, Math.min(all.size(), from + AT_ONCE))
          .forEach(entry -> few.put(entry.getKey(), entry.getValue()));
      move(few);
    }
  }

  private void move(Map<Reader, Long> seqs) {
    for (Reader busy : deliveries.move(seqs, Locked.PASS_OVER)) {
      deliveries.move(Map.of(busy, seqs.getOrDefault(busy, 0L)), Locked.WAIT_FOR);
    }
  }
}
