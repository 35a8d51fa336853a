package com.secureapprove.chat.message.files;

import com.secureapprove.chat.contracts.AttachmentClaims;
import com.secureapprove.chat.serviceplatform.calls.CallLimits;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Claims files at attachment-service.
@RegisterRestClient(configKey = "attachment")
@Path("/internal/claims")
interface AttachmentClaimsClient {

  /// Claims the files of each item for its key; claiming again yields the same.
  @POST
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  AttachmentClaims.Outcomes claim(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String token, AttachmentClaims claims);
}
