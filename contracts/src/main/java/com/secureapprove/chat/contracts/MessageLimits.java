package com.secureapprove.chat.contracts;

import java.util.List;

/// Limits on a message. The gateway reports them to clients in `me/`; message-service enforces
/// them.
public final class MessageLimits {
  /// The maximum length of the content, in Unicode code points.
  public static final int CONTENT_CHARACTERS = 5_000;

  /// The maximum number of attachments.
  public static final int ATTACHMENTS = 10;

  /// The media types of files that may be attached. attachment-service decides by the bytes.
  public static final List<String> ATTACHMENT_TYPES =
      List.of(
          "image/jpeg",
          "image/png",
          "image/gif",
          "image/webp",
          "application/pdf",
          "application/msword",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "application/vnd.ms-excel",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "application/vnd.ms-powerpoint",
          "application/vnd.openxmlformats-officedocument.presentationml.presentation",
          "text/plain",
          "text/csv");

  private MessageLimits() {}
}
