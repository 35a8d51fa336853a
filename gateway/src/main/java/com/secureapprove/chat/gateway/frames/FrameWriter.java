package com.secureapprove.chat.gateway.frames;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/// Encodes frames.
@Singleton
public class FrameWriter {
  private final ObjectMapper json;

  FrameWriter(ObjectMapper json) {
    this.json = json;
  }

  /// Encodes a frame, once for all sessions that it goes to.
  public EncodedFrame encode(ServerFrame frame) {
    try {
      byte[] utf8 = json.writeValueAsBytes(frame);
      return new EncodedFrame(new String(utf8, StandardCharsets.UTF_8), utf8.length);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A frame cannot be encoded: " + frame.type(), e);
    }
  }
}
