package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.contracts.ConversationSummaries;
import com.secureapprove.chat.serviceplatform.calls.CallLimits;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Reads last messages and unread counts from message-service.
@RegisterRestClient(configKey = "message")
@Path("/internal/summaries")
interface MessageSummariesClient {
  /// Maximum number of conversations in one call.
  int MAX_IDS = 1_000;

  @POST
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  ConversationSummaries summaries(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String token, ConversationSummaries.Request request);
}
