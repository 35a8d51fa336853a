package com.secureapprove.chat.message.membership;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.serviceplatform.calls.CallLimits;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Reads memberships from conversation-service.
@RegisterRestClient(configKey = "conversation")
@Path("/internal/conversations/{id}/membership")
interface ConversationMembershipClient {

  /// The present membership; 404 if the token's tenant has no such conversation.
  @GET
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  Membership membership(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String token, @PathParam("id") UUID id);
}
