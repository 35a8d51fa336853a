package com.secureapprove.chat.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file as clients see it.
///
/// @param size in bytes
/// @param thumbnailUrl only for images
/// @param file the same as `downloadUrl`; clients of the original chat read only this name
public record AttachmentView(
    UUID id,
    String filename,
    String contentType,
    long size,
    String downloadUrl,
    @Nullable String thumbnailUrl,
    Instant uploadedAt,
    @Nullable String file) {

  /// Messages that were stored earlier have no `file`.
  public AttachmentView {
    file = downloadUrl;
  }

  public AttachmentView(
      UUID id,
      String filename,
      String contentType,
      long size,
      String downloadUrl,
      @Nullable String thumbnailUrl,
      Instant uploadedAt) {
    this(id, filename, contentType, size, downloadUrl, thumbnailUrl, uploadedAt, downloadUrl);
  }
}
