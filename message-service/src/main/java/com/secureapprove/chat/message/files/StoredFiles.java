package com.secureapprove.chat.message.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.secureapprove.chat.contracts.AttachmentView;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files' metadata as a message's row keeps it.
@Singleton
public class StoredFiles {
  private final ObjectMapper json;
  private final ObjectReader reader;

  StoredFiles(ObjectMapper json) {
    this.json = json;
    this.reader =
        json.readerForListOf(AttachmentView.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /// Null where there are no files.
  public @Nullable String encode(List<AttachmentView> files) {
    try {
      return files.isEmpty() ? null : json.writeValueAsString(files);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Files cannot be encoded", e);
    }
  }

  public List<AttachmentView> decode(@Nullable String stored) {
    try {
      return stored == null ? List.of() : reader.readValue(stored);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A message's files cannot be read", e);
    }
  }
}
