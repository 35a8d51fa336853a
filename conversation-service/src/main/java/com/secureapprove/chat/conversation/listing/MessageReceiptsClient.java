package com.secureapprove.chat.conversation.listing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.secureapprove.chat.serviceplatform.calls.CallLimits;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/// Reads delivered and read positions from message-service. Both services page by user id, and the
/// cursor is the last id of the previous page.
@RegisterRestClient(configKey = "message")
@Path("/api/chat/conversations/{id}/receipts")
interface MessageReceiptsClient {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Receipt(
      String userId,
      @Nullable Long deliveredSeq,
      @Nullable Instant deliveredAt,
      @Nullable Long readSeq,
      @Nullable Instant readAt) {}

  @GET
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(
      requestVolumeThreshold = 10,
      delay = 2_000,
      skipOn = jakarta.ws.rs.ClientErrorException.class)
  List<Receipt> receipts(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String token,
      @PathParam("id") UUID id,
      @QueryParam("limit") int limit,
      @QueryParam("cursor") @Nullable String cursor);
}
