package com.secureapprove.chat.attachment.inspection;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// What may be uploaded. Of one kind are those that people mistake for each other without harm.
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
  private final Set<String> endings;

  AllowedType(String mediaType, Kind kind, String... endings) {
    this.mediaType = mediaType;
    this.kind = kind;
    this.endings = Set.of(endings);
  }

  /// As it is served, such as `image/png`.
  public String mediaType() {
    return mediaType;
  }

  /// Whether a small picture can be made of it.
  public boolean isImage() {
    return kind == Kind.IMAGE;
  }

  boolean isOfOneKindWith(AllowedType other) {
    return kind == other.kind;
  }

  static Optional<AllowedType> ofEnding(String ending) {
    return Arrays.stream(values()).filter(type -> type.endings.contains(ending)).findFirst();
  }

  static Optional<AllowedType> ofMediaType(String mediaType) {
    return Arrays.stream(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst();
  }
}
