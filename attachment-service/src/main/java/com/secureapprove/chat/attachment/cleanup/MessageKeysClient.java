package com.secureapprove.chat.attachment.cleanup;

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

/// Asks message-service whether messages with the given idempotency keys exist.
@RegisterRestClient(configKey = "message")
@Path("/internal/message-keys")
interface MessageKeysClient {

  @POST
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  AttachmentClaims.Existing existing(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String token, AttachmentClaims.Keys keys);
}
