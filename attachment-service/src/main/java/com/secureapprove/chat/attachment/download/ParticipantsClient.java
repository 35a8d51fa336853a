package com.secureapprove.chat.attachment.download;

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

/// Asks conversation-service whether a person is a participant.
@RegisterRestClient(configKey = "conversation")
@Path("/internal/conversations/{id}/participants/{user}")
interface ParticipantsClient {

  /// Returns normally if the person is a participant now. Otherwise conversation-service answers
  /// 404, which is thrown.
  @GET
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  void participant(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String token,
      @PathParam("id") UUID id,
      @PathParam("user") String user);
}
