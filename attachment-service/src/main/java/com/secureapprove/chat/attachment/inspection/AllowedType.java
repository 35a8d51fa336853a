package com.secureapprove.chat.attachment.inspection;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// The file types that may be uploaded. A wrong extension or declared type is accepted within the
/// same kind, because the mix-up is harmless.
public enum AllowedType {
  JPEG("image/jpeg", Kind.IMAGE, "jpg", "jpeg", "jpe", "jfif"),
  PNG("image/png", Kind.IMAGE, "png"),
  GIF("image/gif", Kind.IMAGE, "gif"),
  WEBP("image/webp", Kind.IMAGE, "webp"),
  PDF("application/pdf", Kind.PDF, "pdf"),
  DOC("application/msword", Kind.OFFICE, "doc"),
  DOCX(
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      Kind.OFFICE,
      "docx"),
  XLS("application/vnd.ms-excel", Kind.OFFICE, "xls"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Kind.OFFICE, "xlsx"),
  PPT("application/vnd.ms-powerpoint", Kind.OFFICE, "ppt"),
  PPTX(
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      Kind.OFFICE,
      "pptx"),
  TEXT("text/plain", Kind.TEXT, "txt", "text", "log", "md"),
  CSV("text/csv", Kind.TEXT, "csv", "tsv");

  enum Kind {
    IMAGE,
    PDF,
    OFFICE,
    TEXT
  }

  private final String mediaType;
  private final Kind kind;
  private final Set<String> extensions;

  AllowedType(String mediaType, Kind kind, String... extensions) {
    this.mediaType = mediaType;
    this.kind = kind;
    this.extensions = Set.of(extensions);
  }

  /// The media type with which the file is served, such as `image/png`.
  public String mediaType() {
    return mediaType;
  }

  /// Whether a thumbnail can be made.
  public boolean isImage() {
    return kind == Kind.IMAGE;
  }

  boolean hasSameKindAs(AllowedType other) {
    return kind == other.kind;
  }

  static Optional<AllowedType> ofExtension(String extension) {
    return Arrays.stream(values()).filter(type -> type.extensions.contains(extension)).findFirst();
  }

  static Optional<AllowedType> ofMediaType(String mediaType) {
    return Arrays.stream(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst();
  }
}
