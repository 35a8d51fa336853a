package com.secureapprove.chat.serviceplatform.calls;

/// Bounds of calls to another service.
public final class CallLimits {

  /// The maximum number of concurrent calls of a kind; further ones are refused. The same as
  /// `quarkus.rest-client.connection-pool-size`, because waiting for a connection has no time
  /// limit.
  public static final int MAX_CONCURRENT = 256;

  private CallLimits() {}
}
