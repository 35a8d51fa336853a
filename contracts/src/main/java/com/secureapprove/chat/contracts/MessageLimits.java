package com.secureapprove.chat.contracts;

/// Limits on a message. The gateway reports them to clients in `me/`; message-service enforces
/// them.
public final class MessageLimits {
  /// The maximum length of the content, in Unicode code points.
  public static final int CONTENT_CHARACTERS = 5_000;

  /// The maximum number of attachments.
  public static final int ATTACHMENTS = 10;

  private MessageLimits() {}
}
