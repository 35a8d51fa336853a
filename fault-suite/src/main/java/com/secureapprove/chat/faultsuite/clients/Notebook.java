package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.Message;
import com.secureapprove.chat.faultsuite.history.Seen;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The state of a device: its resume position, its messages, and what it has to fetch.
///
/// Safe for several threads; related changes hold its lock.
final class Notebook {

  private final DeviceLog log;
  private final World world;
  private final Map<String, Held> held = new HashMap<>();
  private final Set<String> toFetch = new HashSet<>();
  private final Map<String, JsonNode> outcomes = new HashMap<>();
  private boolean listToFetch = true;
  private boolean greeted;
  private @Nullable String lastEventId;

  Notebook(DeviceLog log, World world) {
    this.log = log;
    this.world = world;
  }

  /// The state of one conversation.
  private static final class Held {
    /// Up to this nothing is missing.
    private @Nullable Message edge;

    private final TreeMap<Long, Message> beyond = new TreeMap<>();

    void take(Message message) {
      if (message.seq() > seq()) {
        beyond.put(message.seq(), message);
        while (!beyond.isEmpty() && beyond.firstKey() == seq() + 1) {
          edge = beyond.pollFirstEntry().getValue();
        }
      }
    }

    long seq() {
      return edge == null ? 0 : edge.seq();
    }
  }

  /// A frame has come.
  synchronized void hear(JsonNode frame) {
    String conversation = frame.path("conversation_id").asText();
    switch (frame.path("type").asText()) {
      case "connected" -> greeted = true;
      case "message_created" -> delivered(frame.path("message"));
      case "ack" -> {
        String key = frame.path("client_message_id").asText();
        accepted(key, frame.path("message"));
        outcomes.put(key, frame);
      }
      case "error" -> {
        outcomes.put(frame.path("client_message_id").asText(), frame);
        world.answers().error(frame.path("code").asText(), frame.path("detail").asText());
      }
      case "conversation_created" -> toFetch.add(conversation);
      case "participant_added" -> joinedIfNamed(frame.path("user_ids"), conversation);
      case "participant_removed" -> {
        if (frame.path("user_id").asText().equals(log.person())) {
          log.add(new Seen.Left(conversation));
          toFetch.remove(conversation);
        }
      }
      case "resync" -> {
        log.add(new Seen.Resynced());
        listToFetch = true;
      }
      default -> {}
    }
    if (frame.hasNonNull("event_id")) {
      lastEventId = frame.path("event_id").asText();
    }
  }

  private void delivered(JsonNode json) {
    Message message = message(json);
    log.add(new Seen.Delivered(message));
    held(message.conversation()).take(message);
  }

  private void joinedIfNamed(JsonNode people, String conversation) {
    for (JsonNode person : people) {
      if (person.asText().equals(log.person())) {
        log.add(new Seen.Joined(conversation));
        toFetch.add(conversation);
      }
    }
  }

  /// A message is about to be sent.
  void sends(Outgoing what) {
    log.add(new Seen.Sent(what.conversation(), what.key(), what.content()));
  }

  /// The message with this key was accepted.
  synchronized void accepted(String key, JsonNode json) {
    Message message = message(json);
    log.add(new Seen.Accepted(key, message));
    held(message.conversation()).take(message);
  }

  /// A page of messages was fetched.
  synchronized void fetched(JsonNode page) {
    for (JsonNode json : page) {
      Message message = message(json);
      log.add(new Seen.Fetched(message));
      held(message.conversation()).take(message);
    }
  }

  /// The outcome of the message with this key, returned once.
  synchronized @Nullable JsonNode outcome(String key) {
    return outcomes.remove(key);
  }

  /// A connection is about to be opened: data fetched before its greeting may be incomplete.
  synchronized void awaitGreeting() {
    greeted = false;
  }

  /// Whether the open connection receives all events from now on.
  synchronized boolean isGreeted() {
    return greeted;
  }

  /// Where the device stands; null before it knows.
  synchronized @Nullable String lastEventId() {
    return lastEventId;
  }

  /// Whether the list of conversations is to be fetched, and all that is in them.
  synchronized boolean isListToFetch() {
    return listToFetch;
  }

  /// The list was fetched.
  synchronized void listed(JsonNode conversations) {
    conversations.forEach(conversation -> toFetch.add(conversation.path("id").asText()));
    listToFetch = false;
  }

  /// The conversations whose messages have to be fetched.
  synchronized Set<String> toFetch() {
    return Set.copyOf(toFetch);
  }

  synchronized void fetchedAll(String conversation) {
    toFetch.remove(conversation);
  }

  /// The last message before which none is missing.
  synchronized @Nullable Message edge(String conversation) {
    return held(conversation).edge;
  }

  private Held held(String conversation) {
    return held.computeIfAbsent(conversation, _ -> new Held());
  }

  private Message message(JsonNode json) {
    return world.shared(Messages.parse(json));
  }
}
