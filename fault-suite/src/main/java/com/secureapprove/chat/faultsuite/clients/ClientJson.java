package com.secureapprove.chat.faultsuite.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads and writes JSON.
final class ClientJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ClientJson() {}

  static String write(Map<String, ?> value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (IOException problem) {
      throw new IllegalArgumentException(problem);
    }
  }

  static JsonNode read(String text) {
    try {
      @Nullable JsonNode node = MAPPER.readTree(text);
      return node == null ? MAPPER.nullNode() : node;
    } catch (IOException problem) {
      throw new IllegalStateException("not JSON: " + text, problem);
    }
  }
}
