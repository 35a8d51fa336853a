package com.secureapprove.chat.serviceplatform.people;

import com.secureapprove.chat.contracts.People;
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

/// Reads people from presence-service.
@RegisterRestClient(configKey = "presence")
@Path("/internal/people")
interface DirectoryClient {
  /// The most people that one call may ask for.
  int MAX_IDS = 200;

  /// Those of the people who exist in the token's tenant.
  ///
  /// @param ids at most [#MAX_IDS], separated by commas
  @GET
  @Bulkhead(CallLimits.MAX_CONCURRENT)
  @CircuitBreaker(requestVolumeThreshold = 10, delay = 2_000, skipOn = ClientErrorException.class)
  People find(@HeaderParam(HttpHeaders.AUTHORIZATION) String token, @QueryParam("ids") String ids);
}
