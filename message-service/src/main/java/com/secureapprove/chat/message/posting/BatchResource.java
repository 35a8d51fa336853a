package com.secureapprove.chat.message.posting;

import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/// Where the gateway hands over what its sockets send.
@Path("/internal/messages")
@RolesAllowed("part:gateway")
@RunOnVirtualThread
class BatchResource {
  private final MessagePosting posting;

  BatchResource(MessagePosting posting) {
    this.posting = posting;
  }

  @POST
  public MessageBatch.Outcomes post(MessageBatch batch) {
    if (batch.items() == null
        || batch.items().isEmpty()
        || batch.items().size() > MessageBatch.MAX_ITEMS) {
      throw ProblemException.invalid("items", "must be 1 to " + MessageBatch.MAX_ITEMS);
    }
    return new MessageBatch.Outcomes(posting.post(batch.items()));
  }
}
