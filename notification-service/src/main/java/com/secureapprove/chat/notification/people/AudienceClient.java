package com.secureapprove.chat.notification.people;

import com.secureapprove.chat.contracts.Audience;
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

/// Asks conversation-service for the participants who have not muted a conversation.
@RegisterRestClient(configKey = "conversation")
@Path("/internal/conversations/{id}/audience")
interface AudienceClient {
  @GET
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  Audience of(@HeaderParam(HttpHeaders.AUTHORIZATION) String token, @PathParam("id") UUID id);
}
