package com.secureapprove.chat.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event with its id, tenant, aggregate, version and time.
///
/// @param id unique for ever; consumers deduplicate by it
/// @param tenant whose event this is; it never leaves that tenant
/// @param aggregate the id of what changed: a conversation, a message's conversation, a person
/// @param version the aggregate's version after the change; copies apply only a higher one
/// @param at when the change was committed, to the millisecond
/// @param trace the trace id of the request that made the change, for log lines, or the
///   `traceparent` of its span if tracing is on; null if unknown
public record EventEnvelope(
    UUID id,
    String tenant,
    String aggregate,
    long version,
    Instant at,
    @Nullable String trace,
    ChatEvent data) {

  /// An event without a trace id.
  public EventEnvelope(
      UUID id, String tenant, String aggregate, long version, Instant at, ChatEvent data) {
    this(id, tenant, aggregate, version, at, null, data);
  }

  /// The name of the event's type on the wire.
  public EventType type() {
    return data.type();
  }
}
