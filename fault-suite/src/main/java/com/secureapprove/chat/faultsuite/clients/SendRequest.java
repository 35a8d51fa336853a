package com.secureapprove.chat.faultsuite.clients;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message that is sent repeatedly until its outcome is known.
///
/// @param file the attachment's id, if any
record SendRequest(String conversation, String key, String content, @Nullable String file) {

  /// The WebSocket frame.
  Map<String, Object> frame() {
    Map<String, Object> frame = body();
    frame.put("type", "send");
    frame.put("conversation_id", conversation);
    return frame;
  }

  /// The body of the REST request.
  Map<String, Object> body() {
    Map<String, Object> body = new HashMap<>();
    body.put("content", content);
    body.put("client_message_id", key);
    if (file != null) {
      body.put("attachment_ids", List.of(file));
    }
    return body;
  }
}
