package com.secureapprove.chat.gateway.frames;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.secureapprove.chat.gateway.frames.ServerFrame.Notification;
import jakarta.inject.Singleton;

/// Encodes frames as JSON.
@Singleton
public class FrameWriter {
  private final ObjectMapper json;

  FrameWriter(ObjectMapper json) {
    this.json = json;
  }

  /// Encodes a frame once for all its recipients.
  public EncodedFrame encode(ServerFrame frame) {
    try {
      return new EncodedFrame(
          json.writeValueAsBytes(frame instanceof Notification n ? flat(n) : frame));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot encode a frame of type " + frame.type(), e);
    }
  }

  /// Adds the members of `data` to the frame, where clients of the original chat read them. The
  /// frame's own members win over members of the same name.
  private ObjectNode flat(Notification notification) throws JsonProcessingException {
    ObjectNode frame = json.valueToTree(notification);
    JsonNode data = json.readTree(notification.data());
    frame.set("data", data);
    data.properties().forEach(member -> frame.putIfAbsent(member.getKey(), member.getValue()));
    return frame;
  }
}
