package com.secureapprove.chat.serviceplatform.calls;

import com.secureapprove.chat.platform.logging.LogFields;
import com.secureapprove.chat.platform.tracing.Tracing;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.ext.Provider;

/// Passes the trace id of the present request on to the services that it calls, and its span.
@Provider
class TraceHeader implements ClientRequestFilter {
  @Override
  public void filter(ClientRequestContext request) {
    LogFields.trace().ifPresent(id -> request.getHeaders().putSingle(LogFields.HEADER, id));
    LogFields.cause().ifPresent(cause -> request.getHeaders().putSingle(Tracing.HEADER, cause));
  }
}
