package com.secureapprove.chat.platform.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// The JSON style of the components, for programs without their container.
public final class PlainJson {
  private PlainJson() {}

  /// A new mapper that writes and reads as the components do.
  public static ObjectMapper mapper() {
    ObjectMapper mapper = JsonMapper.builder().addModule(new JavaTimeModule()).build();
    new JsonStyle().customize(mapper);
    return mapper;
  }
}
