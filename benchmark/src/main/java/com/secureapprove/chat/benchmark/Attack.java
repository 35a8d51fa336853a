package com.secureapprove.chat.benchmark;

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
  DEAF;

  void start(Attacker attacker) {
    switch (this) {
      case READS -> attacker.repeat(300, () -> attacker.request("GET", "conversations/", ""));
      case POSITIONS ->
          attacker.frames(
              50, "{\"type\":\"mark_read\",\"conversation_id\":\"%s\"}", attacker.group());
      case TYPING ->
          attacker.frames(50, "{\"type\":\"typing\",\"conversation_id\":\"%s\"}", attacker.group());
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
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
