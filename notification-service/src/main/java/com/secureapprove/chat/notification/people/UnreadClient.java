package com.secureapprove.chat.notification.people;

import com.secureapprove.chat.contracts.UnreadConversations;
import com.secureapprove.chat.serviceplatform.calls.CallLimits;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Asks conversation-service what a person has not read.
@RegisterRestClient(configKey = "conversation")
@Path("/internal/unread")
interface UnreadClient {
  @GET
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  UnreadConversations of(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String token, @QueryParam("most") int most);
}
