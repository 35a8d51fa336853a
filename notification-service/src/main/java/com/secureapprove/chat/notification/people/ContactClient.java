package com.secureapprove.chat.notification.people;

import com.secureapprove.chat.contracts.Contact;
import com.secureapprove.chat.serviceplatform.calls.CallLimits;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// Asks presence-service how to reach a person.
@RegisterRestClient(configKey = "presence")
@Path("/internal/contacts/{id}")
interface ContactClient {
  @GET
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  Contact of(@HeaderParam(HttpHeaders.AUTHORIZATION) String token, @PathParam("id") String id);
}
