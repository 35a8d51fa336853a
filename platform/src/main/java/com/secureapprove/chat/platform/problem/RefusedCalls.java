package com.secureapprove.chat.platform.problem;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Makes what another part refuses a [ClientErrorException]. The client's own exception is the same
/// for refusals and failures, and the circuit breakers, which pass refusals over, could not tell:
/// ten questions about unknown ids would cut the owner off for everybody.
@Provider
class RefusedCalls implements ResponseExceptionMapper<ClientErrorException> {

  @Override
  public boolean handles(int status, MultivaluedMap<String, Object> headers) {
    return status >= 400 && status < 500;
  }

  @Override
  public @Nullable ClientErrorException toThrowable(Response response) {
    return new ClientErrorException(response);
  }
}
