package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.faultsuite.history.DeviceLog;
import com.secureapprove.chat.faultsuite.history.HistoryEvent;
import com.secureapprove.chat.faultsuite.history.ObservedMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The state of a device: its resume position, its messages, and the conversations that it has to
/// fetch. Thread-safe.
final class DeviceState {

  private final DeviceLog log;
  private final RunState runState;
  private final Map<String, ReceivedMessages> received = new HashMap<>();
  private final Set<String> toFetch = new HashSet<>();
  private final Map<String, JsonNode> outcomes = new HashMap<>();
  private boolean listToFetch = true;
  private boolean subscribed;
  private @Nullable String lastEventId;

  DeviceState(DeviceLog log, RunState runState) {
    this.log = log;
    this.runState = runState;
  }

  /// The received messages of one conversation.
  private static final class ReceivedMessages {
    /// No message up to this one is missing.
    private @Nullable ObservedMessage lastContiguous;

    private final TreeMap<Long, ObservedMessage> afterGap = new TreeMap<>();

    void add(ObservedMessage message) {
      if (message.seq() > seq()) {
        afterGap.put(message.seq(), message);
        while (!afterGap.isEmpty() && afterGap.firstKey() == seq() + 1) {
          lastContiguous = afterGap.pollFirstEntry().getValue();
        }
      }
    }

    long seq() {
      return lastContiguous == null ? 0 : lastContiguous.seq();
    }
  }

  /// Applies a frame.
  synchronized void apply(JsonNode frame) {
    String conversation = frame.path("conversation_id").asText();
    switch (frame.path("type").asText()) {
      case "connected" -> subscribed = true;
      case "message_created" -> delivered(frame.path("message"));
      case "ack" -> {
        String key = frame.path("client_message_id").asText();
        sendOk(key, frame.path("message"));
        outcomes.put(key, frame);
      }
      case "error" -> {
        outcomes.put(frame.path("client_message_id").asText(), frame);
        runState.responses().errorFrame(frame.path("code").asText(), frame.path("detail").asText());
      }
      case "conversation_created" -> toFetch.add(conversation);
      case "participant_added" -> joinedIfNamed(frame.path("user_ids"), conversation);
      case "participant_removed" -> {
        if (frame.path("user_id").asText().equals(log.person())) {
          log.add(new HistoryEvent.Left(conversation));
          toFetch.remove(conversation);
        }
      }
      case "resync" -> {
        log.add(new HistoryEvent.Resynced());
        listToFetch = true;
      }
      default -> {}
    }
    if (frame.hasNonNull("event_id")) {
      lastEventId = frame.path("event_id").asText();
    }
  }

  private void delivered(JsonNode json) {
    ObservedMessage message = message(json);
    log.add(new HistoryEvent.Delivered(message));
    received(message.conversation()).add(message);
  }

  private void joinedIfNamed(JsonNode people, String conversation) {
    for (JsonNode person : people) {
      if (person.asText().equals(log.person())) {
        log.add(new HistoryEvent.Joined(conversation));
        toFetch.add(conversation);
      }
    }
  }

  /// A message is about to be sent.
  void sendInvoked(SendRequest request) {
    log.add(new HistoryEvent.SendInvoked(request.conversation(), request.key(), request.content()));
  }

  /// The message with this key was accepted.
  synchronized void sendOk(String key, JsonNode json) {
    ObservedMessage message = message(json);
    log.add(new HistoryEvent.SendOk(key, message));
    received(message.conversation()).add(message);
  }

  /// A page of messages was fetched.
  synchronized void fetched(JsonNode page) {
    for (JsonNode json : page) {
      ObservedMessage message = message(json);
      log.add(new HistoryEvent.Fetched(message));
      received(message.conversation()).add(message);
    }
  }

  /// The outcome of the message with this key, returned once.
  synchronized @Nullable JsonNode outcome(String key) {
    return outcomes.remove(key);
  }

  /// A connection is about to be opened: data fetched before its greeting may be incomplete.
  synchronized void resetSubscription() {
    subscribed = false;
  }

  /// Whether the open connection receives all events from now on.
  synchronized boolean isSubscribed() {
    return subscribed;
  }

  /// The resume position; null before the first event.
  synchronized @Nullable String lastEventId() {
    return lastEventId;
  }

  /// Whether the list of conversations and their messages have to be fetched.
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
  synchronized @Nullable ObservedMessage lastContiguous(String conversation) {
    return received(conversation).lastContiguous;
  }

  private ReceivedMessages received(String conversation) {
    return received.computeIfAbsent(conversation, _ -> new ReceivedMessages());
  }

  private ObservedMessage message(JsonNode json) {
    return runState.intern(MessageJson.parse(json));
  }
}
