package com.secureapprove.chat.attachment.inspection;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// The file types that may be uploaded.
public enum AllowedType {
  JPEG("image/jpeg", "jpg", "jpeg", "jpe", "jfif"),
  PNG("image/png", "png"),
  GIF("image/gif", "gif"),
  WEBP("image/webp", "webp"),
  PDF("application/pdf", "pdf"),
  DOC("application/msword", "doc"),
  DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
  XLS("application/vnd.ms-excel", "xls"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
  PPT("application/vnd.ms-powerpoint", "ppt"),
  PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
  TEXT("text/plain", "txt", "text", "log", "md"),
  CSV("text/csv", "csv", "tsv", "tab");

  private final String mediaType;
  private final Set<String> extensions;

  AllowedType(String mediaType, String... extensions) {
    this.mediaType = mediaType;
    this.extensions = Set.of(extensions);
  }

  /// The media type with which the file is served, such as `image/png`.
  public String mediaType() {
    return mediaType;
  }

  /// Whether a thumbnail can be made.
  public boolean isImage() {
    return mediaType.startsWith("image/");
  }

  boolean isText() {
    return mediaType.startsWith("text/");
  }

  static Optional<AllowedType> ofExtension(String extension) {
    return Arrays.stream(values()).filter(type -> type.extensions.contains(extension)).findFirst();
  }

  static Optional<AllowedType> ofMediaType(String mediaType) {
    return Arrays.stream(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst();
  }
}
