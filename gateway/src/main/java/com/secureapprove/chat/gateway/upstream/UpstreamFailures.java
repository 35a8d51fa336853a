package com.secureapprove.chat.gateway.upstream;

import io.vertx.core.VertxException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/// Distinguishes failures of an upstream from all other failures.
final class UpstreamFailures {
  private UpstreamFailures() {}

  /// Whether the upstream failed: it was unreachable, did not respond in time, or closed the
  /// connection. All other failures are of the caller or of the gateway: a refusal, a request that
  /// the HTTP client does not send, a client that disconnected.
  static boolean isFailure(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof VertxException
        || failure instanceof TimeoutException
        || failure instanceof org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
  }
}
