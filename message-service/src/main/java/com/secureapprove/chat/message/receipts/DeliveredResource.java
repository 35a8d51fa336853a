package com.secureapprove.chat.message.receipts;

import com.secureapprove.chat.contracts.DeliveredBatch;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/// Where gateways tell what they wrote to sockets.
@Path("/internal/delivered")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
class DeliveredResource {
  private final Positions positions;

  DeliveredResource(Positions positions) {
    this.positions = positions;
  }

  /// Idempotent; items of people who are not in the conversation are passed over.
  @POST
  public void delivered(DeliveredBatch batch) {
    if (batch.items() == null || batch.items().size() > DeliveredBatch.MAX_ITEMS) {
      throw ProblemException.invalid("items", "must be at most " + DeliveredBatch.MAX_ITEMS);
    }
    batch
        .items()
        .forEach(item -> positions.markDelivered(item.conversationId(), item.userId(), item.seq()));
  }
}
