package com.secureapprove.chat.benchmark;

import java.util.List;
import java.util.Locale;

/// What one hostile person does, with a valid token, as fast as the gateway allows.
enum Attack {
  /// Reads over many connections.
  READS,
  /// Read positions over many WebSocket connections, within the frame limit.
  POSITIONS,
  /// Typing signals over many WebSocket connections, within the frame limit.
  TYPING,
  /// Uploads that arrive byte by byte.
  UPLOADS,
  /// Renames of a group in a burst.
  RENAMES,
  /// Headers with control characters.
  HEADERS,
  /// Request bodies that never arrive.
  BODIES,
  /// WebSocket connections that never read.
  DEAF,
  /// Connections that resume from an old position, again and again.
  RESUMES,
  /// Connections that are opened and closed, again and again.
  RECONNECTS,
  /// Typing signals in all groups of a large tenant.
  WIDE_TYPING,
  /// Messages to groups of a large tenant, at the limit.
  WIDE_MESSAGES,
  /// One message, again and again under its key, over many WebSocket connections.
  REPEATS,
  /// The longest pages of history.
  HISTORY,
  /// Downloads of a large file that are read slowly.
  DOWNLOADS,
  /// The list of all people of a large tenant.
  DIRECTORY,
  /// Pings, empty fragments and invalid frames within the limit of frames.
  FRAMES,
  /// Requests and sign-ins with invalid credentials.
  CREDENTIALS;

  void start(Attacker attacker) {
    switch (this) {
      case READS -> attacker.repeat(300, () -> attacker.request("GET", "conversations/", ""));
      case POSITIONS ->
          attacker.frames(
              50, "{\"type\":\"mark_read\",\"conversation_id\":\"%s\"}", List.of(attacker.group()));
      case TYPING ->
          attacker.frames(
              50, "{\"type\":\"typing\",\"conversation_id\":\"%s\"}", List.of(attacker.group()));
      case UPLOADS ->
          attacker.dribble(
              100,
              "attachments/",
              "multipart/form-data; boundary=b",
              "--b\r\nContent-Disposition: ");
      case RENAMES ->
          attacker.repeat(
              20,
              () ->
                  attacker.request(
                      "PATCH",
                      "conversations/" + attacker.group() + "/update_title/",
                      "{\"title\":\"" + System.nanoTime() + "\"}"));
      case HEADERS ->
          attacker.repeat(
              20,
              () -> attacker.raw("GET", "conversations/", "X-Chat-Session: a\nb\u0001\u000bc\r\n"));
      case BODIES ->
          attacker.dribble(
              200,
              "conversations/" + attacker.group() + "/mark_read/",
              "application/json",
              "{\"up_to\":");
      case DEAF -> attacker.neverRead(50);
      case RESUMES -> attacker.reconnect(50, "?last_event_id=" + attacker.target().oldestEvent());
      case RECONNECTS -> attacker.reconnect(50, "");
      case WIDE_TYPING ->
          attacker.frames(
              50,
              "{\"type\":\"typing\",\"conversation_id\":\"%s\"}",
              attacker.target().wideGroups());
      case WIDE_MESSAGES ->
          attacker.repeat(
              20,
              () ->
                  attacker.request(
                      "POST",
                      "conversations/" + attacker.target().wideGroups().getFirst() + "/messages/",
                      "{\"content\":\"x\"}"));
      case REPEATS ->
          attacker.frames(
              50,
              "{\"type\":\"send\",\"conversation_id\":\"%s\",\"content\":\"x\","
                  + "\"client_message_id\":\"repeated\"}",
              List.of(attacker.group()));
      case HISTORY ->
          attacker.repeat(
              100,
              () ->
                  attacker.request("GET", "conversations/" + attacker.group() + "/messages/", ""));
      case DOWNLOADS ->
          attacker.readSlowly(200, "attachments/" + attacker.target().file() + "/download/");
      case DIRECTORY ->
          attacker.repeat(100, () -> attacker.request("GET", "conversations/presence/", ""));
      case FRAMES ->
          attacker.frames(50, "{\"type\":\"send\",\"conversation_id\":\"%s\"}", List.of("x"));
      case CREDENTIALS -> attacker.repeat(50, attacker::withInvalidCredentials);
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
