package com.secureapprove.chat.contracts;

import java.time.Instant;
import java.util.UUID;

/// An event with what every consumer needs to place it.
///
/// @param id unique for ever; by it consumers drop repeats
/// @param tenant whose event this is; it never leaves that tenant
/// @param aggregate the id of what changed: a conversation, a message's conversation, a person
/// @param version the aggregate's version after the change; copies apply only a higher one
/// @param at when the change was committed, to the millisecond
public record EventEnvelope(
    UUID id, String tenant, String aggregate, long version, Instant at, ChatEvent data) {

  /// The name on the wire of what happened.
  public EventType type() {
    return data.type();
  }
}
