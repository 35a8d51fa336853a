package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.serviceplatform.calls.CallLimits;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Writes the membership copy of message-service.
@RegisterRestClient(configKey = "message")
@Path("/internal/conversations/{id}/membership")
interface MessageMembershipClient {

  @PUT
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  void apply(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String token,
      @PathParam("id") UUID id,
      Membership membership);
}
