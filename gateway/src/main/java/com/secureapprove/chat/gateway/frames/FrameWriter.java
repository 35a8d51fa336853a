package com.secureapprove.chat.gateway.frames;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
      return new EncodedFrame(json.writeValueAsBytes(frame));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot encode a frame of type " + frame.type(), e);
    }
  }
}
