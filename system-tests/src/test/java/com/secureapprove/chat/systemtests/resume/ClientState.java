package com.secureapprove.chat.systemtests.resume;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The state of a client: loaded once over REST, then updated by frames only, except for a
/// conversation that is new to it, which it loads.
final class ClientState {

  /// The fields of a message that unread counts and statuses need.
  private record Seen(String id, long seq, String sender) {}

  private static final class Talk {
    private String title = "";
    private final TreeSet<String> participants = new TreeSet<>();
    private final List<Seen> messages = new ArrayList<>();
    private long lastSeq;
    private long unread;
    private long readSeq;
    private long deliveredSeq;
    private boolean muted;
    private @Nullable Long archivedAt;
    private @Nullable String lastMessage;
    private String lastSender = "";
    private String lastStatus = "";

    private boolean isArchived() {
      Long at = archivedAt;
      return at != null && (muted || at >= lastSeq);
    }
  }

  private static final Map<String, Integer> STATUSES = Map.of("sent", 0, "delivered", 1, "read", 2);

  private final ChatUser me;
  private final Map<String, Talk> talks = new HashMap<>();

  ClientState(ChatUser me) {
    this.me = me;
  }

  /// Discards the state and loads it again.
  void reload() {
    talks.clear();
    for (JsonNode conversation : me.get("conversations/?archived=all").expect(200)) {
      put(conversation);
    }
  }

  /// The state of a new client, in the same form as [#shown].
  Map<String, String> fresh() {
    ClientState fresh = new ClientState(me);
    fresh.reload();
    return fresh.shown();
  }

  /// The visible state of each conversation.
  Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    talks.forEach((id, talk) ->
        shown.put(
            id,
            "%s %s seq=%d unread=%d read=%d archived=%s muted=%s last=%s by %s %s"
                .formatted(
                    talk.title,
                    talk.participants,
                    talk.lastSeq,
                    talk.unread,
                    talk.readSeq,
                    talk.isArchived(),
                    talk.muted,
                    talk.lastMessage,
                    talk.lastSender,
                    talk.lastStatus)));
    return shown;
  }

  /// Applies a frame.
  void apply(JsonNode frame) {
    String id = frame.path("conversation_id").asText();
    Talk talk = talks.get(id);
    switch (frame.path("type").asText()) {
      case "conversation_created" -> load(id);
      case "participant_added" -> {
        if (names(frame, me.id())) {
          load(id);
        } else if (talk != null) {
          frame.path("user_ids").forEach(person -> talk.participants.add(person.asText()));
        }
      }
      case "participant_removed" -> {
        if (frame.path("user_id").asText().equals(me.id())) {
          talks.remove(id);
        } else if (talk != null) {
          talk.participants.remove(frame.path("user_id").asText());
        }
      }
      case "conversation_updated" -> {
        if (talk != null) {
          update(talk, frame);
        }
      }
      case "message_created" -> {
        if (talk != null) {
          hear(talk, frame.path("message"));
        }
      }
      case "message_status" -> {
        if (talk != null) {
          move(talk, frame);
        }
      }
      default -> {}
    }
  }

  private static boolean names(JsonNode frame, String person) {
    for (JsonNode id : frame.path("user_ids")) {
      if (id.asText().equals(person)) {
        return true;
      }
    }
    return false;
  }

  private void load(String id) {
    Answer answer = me.get("conversations/" + id + "/");
    if (answer.status() == 200) {
      put(answer.expect(200));
    } else {
      talks.remove(id); // removed in the meantime
    }
  }

  private void put(JsonNode from) {
    Talk talk = new Talk();
    String id = from.path("id").asText();
    talk.title = from.path("title").asText();
    from.path("participants").forEach(person -> talk.participants.add(person.path("id").asText()));
    talk.lastSeq = from.path("last_seq").asLong();
    talk.unread = from.path("unread_count").asLong();
    talk.readSeq = from.path("last_read_seq").asLong();
    talk.muted = from.path("is_muted").asBoolean();
    talk.archivedAt = from.path("is_archived").asBoolean() ? talk.lastSeq : null;
    JsonNode last = from.path("last_message");
    if (last.isObject()) {
      talk.lastMessage = last.path("id").asText();
      talk.lastSender = last.path("sender_id").asText();
      talk.lastStatus = last.path("status").asText();
    }
    for (JsonNode message : me.get("conversations/" + id + "/messages/?limit=200").expect(200)) {
      talk.messages.add(seen(message));
    }
    talks.put(id, talk);
  }

  private static void update(Talk talk, JsonNode frame) {
    if (frame.has("title")) {
      talk.title = frame.path("title").asText();
    }
    if (frame.has("is_muted")) {
      talk.muted = frame.path("is_muted").asBoolean();
      talk.archivedAt =
          frame.has("archived_at_seq") ? frame.path("archived_at_seq").asLong() : null;
    }
  }

  private void hear(Talk talk, JsonNode message) {
    Seen seen = seen(message);
    if (seen.seq() <= talk.lastSeq) {
      return; // it was loaded with the conversation
    }
    talk.messages.add(seen);
    talk.lastSeq = seen.seq();
    talk.lastMessage = seen.id();
    talk.lastSender = seen.sender();
    talk.lastStatus = "sent";
    if (!seen.sender().equals(me.id())) {
      talk.unread++;
      showOwnPosition(talk);
    }
  }

  private void move(Talk talk, JsonNode frame) {
    for (JsonNode each : frame.path("messages")) {
      if (each.path("id").asText().equals(talk.lastMessage)) {
        raise(talk, each.path("status").asText());
      }
    }
    if (!frame.path("user_id").asText().equals(me.id())) {
      return;
    }
    talk.deliveredSeq = Math.max(talk.deliveredSeq, frame.path("delivered_seq").asLong());
    long read = frame.path("read_seq").asLong();
    if (read > talk.readSeq) {
      talk.readSeq = read;
      long after =
          talk.messages.stream()
              .filter(message -> message.seq() > read && !message.sender().equals(me.id()))
              .count();
      talk.unread = Math.min(talk.unread, after);
    }
    showOwnPosition(talk);
  }

  /// The status of another person's message follows from the user's position.
  private void showOwnPosition(Talk talk) {
    if (talk.lastMessage != null && !talk.lastSender.equals(me.id())) {
      if (talk.deliveredSeq >= talk.lastSeq) {
        raise(talk, "delivered");
      }
      if (talk.readSeq >= talk.lastSeq) {
        raise(talk, "read");
      }
    }
  }

  private static void raise(Talk talk, String status) {
    if (STATUSES.get(status) > STATUSES.get(talk.lastStatus)) {
      talk.lastStatus = status;
    }
  }

  private static Seen seen(JsonNode message) {
    return new Seen(
        message.path("id").asText(),
        message.path("seq").asLong(),
        message.path("sender_id").asText());
  }
}
