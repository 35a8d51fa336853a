package com.secureapprove.chat.serviceplatform.calls;

/// Bounds of calls to another service.
public final class CallLimits {

  /// How many calls of a kind are under way at once; more are refused at once. The same as
  /// `quarkus.rest-client.connection-pool-size`, because waiting for a connection has no limit in
  /// time.
  public static final int AT_ONCE = 256;

  private CallLimits() {}
}
