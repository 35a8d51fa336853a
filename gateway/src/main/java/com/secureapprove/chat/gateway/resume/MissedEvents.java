package com.secureapprove.chat.gateway.resume;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.delivery.AddressedFrame;
import com.secureapprove.chat.gateway.eventstream.StreamEntry;
import com.secureapprove.chat.gateway.membership.PastMemberships;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/// The events that a client missed, in stream order, deduplicated and bounded.
///
/// Not thread-safe.
final class MissedEvents {
  private final String tenant;
  private final String person;
  private final ResumeConfig config;
  private final PastMemberships past;
  private final Deque<StreamEntry> entries = new ArrayDeque<>();

  /// A stream may hold an event twice: the relay appends it again after Redis lost entries, and a
  /// restart of Redis can bring the lost entry back.
  private final Set<UUID> seen = new HashSet<>();

  private int entriesRead;
  private long bytes;

  MissedEvents(String tenant, String person, ResumeConfig config) {
    this.tenant = tenant;
    this.person = person;
    this.config = config;
    this.past = new PastMemberships(person);
  }

  /// Adds the next entry of the stream, which may belong to another tenant.
  void add(StreamEntry entry) {
    entriesRead++;
    EventEnvelope event = entry.event();
    if (event != null && event.tenant().equals(tenant) && seen.add(event.id())) {
      past.add(event);
      entries.add(entry);
      bytes += entry.size();
    }
  }

  /// Whether the client missed more than the configuration allows.
  boolean exceedLimits() {
    return entriesRead > config.mostEntries() || bytes > config.mostBytes().asLongValue();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  StreamEntry removeFirst() {
    StreamEntry first = entries.removeFirst();
    bytes -= first.size();
    return first;
  }

  void clear() {
    entries.clear();
  }

  /// Whether the person receives the frame. Correct only after all missed events were added.
  boolean concern(EventEnvelope event, AddressedFrame addressed, Predicate<UUID> isInNow) {
    return past.concerns(event, addressed.people().contains(person), isInNow);
  }
}
