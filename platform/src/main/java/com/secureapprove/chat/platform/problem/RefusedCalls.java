package com.secureapprove.chat.platform.problem;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Turns a 4xx answer of another component into a [ClientErrorException], which circuit breakers
/// ignore. The client's own exception is the same for 4xx and 5xx: ten requests with unknown ids
/// would open the circuit breaker.
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
