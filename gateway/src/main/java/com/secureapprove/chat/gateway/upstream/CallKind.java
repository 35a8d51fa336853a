package com.secureapprove.chat.gateway.upstream;

import java.util.Locale;

/// The kinds of calls to an upstream. Each kind has its own bulkhead, so that one kind cannot take
/// the permits of another.
public enum CallKind {
  /// Messages to store, in batches from WebSocket connections and single ones over REST. Few run at
  /// the same time: the batches that wait for a permit grow meanwhile, and a larger batch costs
  /// less for each message.
  SEND(16, 4_096),
  /// The gateway's own other calls. Each has its own timeout.
  OWN(64, 4_096),
  /// Other forwarded client requests whose body is complete.
  FORWARDED(128, 1_024),
  /// Forwarded reads of a whole list, of up to 1,000 messages or conversations. One costs an
  /// upstream as much as many other reads, so few run at the same time.
  LIST(32, 1_024),
  /// Forwarded client requests whose body is still arriving. Their duration depends on the client,
  /// so it says nothing about the upstream.
  UPLOAD(64, 256);

  private final int maxConcurrent;
  private final int maxQueued;

  CallKind(int maxConcurrent, int maxQueued) {
    this.maxConcurrent = maxConcurrent;
    this.maxQueued = maxQueued;
  }

  /// How many calls run at the same time.
  public int maxConcurrent() {
    return maxConcurrent;
  }

  /// How many more calls may wait. Further calls are rejected.
  int maxQueued() {
    return maxQueued;
  }

  /// The label of the meters.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
