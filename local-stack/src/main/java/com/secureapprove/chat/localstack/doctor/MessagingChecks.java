package com.secureapprove.chat.localstack.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/// The checks that two people make together, in their one-to-one conversation. For one run.
final class MessagingChecks {

  private static final String TEXT = "Check of the installation";
  private static final int CREATED = 201;
  private static final int EXISTING = 200;

  private final Visitor sender;
  private final Visitor recipient;
  private final Clock clock;
  private String id = "";
  private String lastEvent = "";

  MessagingChecks(Visitor sender, Visitor recipient, Clock clock) {
    this.sender = sender;
    this.recipient = recipient;
    this.clock = clock;
  }

  void run(Checks checks) {
    if (checks.check("second sign-in", this::signInOther)
        && checks.check("conversation", this::start)
        && checks.check("delivery", this::sendAndReceive)) {
      checks.check("repeated send", this::sendTwice);
      checks.check("resumption", this::resume);
    }
  }

  /// Whether the other token is also accepted, and for another person.
  private String signInOther() throws CheckFailed {
    String text = recipient.signIn(clock);
    if (sender.id().equals(recipient.id())) {
      throw new CheckFailed("Both tokens are of the same person.", "Use a token of another one.");
    }
    return text;
  }

  private String start() throws CheckFailed {
    Reply reply =
        sender.post(
            "conversations/start/", Map.of("participant_id", String.valueOf(recipient.id())));
    if (reply.status() != CREATED && reply.status() != EXISTING) {
      if (reply.isProblem() && reply.status() == 404) {
        throw new CheckFailed(
            "The two people cannot talk to each other.", "They must belong to the same tenant.");
      }
      throw reply.refused("POST conversations/start/");
    }
    id = String.valueOf(reply.object().get("id"));
    return "The two people have a conversation.";
  }

  private String sendAndReceive() throws CheckFailed {
    String key = marker();
    try (ChatConnection connection = recipient.connect("")) {
      long since = System.nanoTime();
      send(key, CREATED);
      Map<String, Object> frame =
          connection.await(message(key), "The frame of the message at the recipient").getLast();
      lastEvent = String.valueOf(frame.get("event_id"));
      return "Stored and delivered within %d ms."
          .formatted(Duration.ofNanos(System.nanoTime() - since).toMillis());
    }
  }

  private String sendTwice() throws CheckFailed {
    String key = marker();
    Object stored = send(key, CREATED).get("id");
    Object repeated = send(key, EXISTING).get("id");
    if (!Objects.equals(stored, repeated)) {
      throw new CheckFailed(
          "A repeated send made a second message.", "Report it with the log of message-service.");
    }
    return "A repeated send returns the stored message.";
  }

  /// Sends while the recipient is away. It must receive exactly the missed messages.
  private String resume() throws CheckFailed {
    String key = marker();
    send(key, CREATED);
    try (ChatConnection connection = recipient.connect(lastEvent)) {
      List<Map<String, Object>> frames =
          connection.await(
              message(key).or(frame -> "resync".equals(frame.get("type"))),
              "The message that was missed");
      if ("resync".equals(frames.getLast().get("type"))) {
        throw new CheckFailed(
            "The gateway no longer has the events of the last seconds.",
            "Redis lost its data or has too little memory: check its limit, appendonly and"
                + " noeviction.");
      }
      return "The missed messages arrived after the reconnect.";
    }
  }

  private Map<String, Object> send(String key, int expected) throws CheckFailed {
    Reply reply =
        sender.post(
            "conversations/" + id + "/messages/",
            Map.of("content", TEXT, "client_message_id", key));
    if (reply.status() != expected) {
      throw reply.refused("POST conversations/{id}/messages/");
    }
    return reply.object();
  }

  private static Predicate<Map<String, Object>> message(String key) {
    return frame ->
        "message_created".equals(frame.get("type"))
            && frame.get("message") instanceof Map<?, ?> message
            && key.equals(message.get("client_message_id"));
  }

  /// A marker that no other run uses.
  private static String marker() {
    return UUID.randomUUID().toString();
  }
}
