package com.secureapprove.chat.platform.outage;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The text of a failure for the field `reason` of a log line.
public final class Reason {
  private static final int MAX_LENGTH = 300;
  private static final int MAX_DEPTH = 10;

  private Reason() {}

  /// The message of the failure, or of its nearest cause that has one, or else its class. One line
  /// of at most 300 characters; never null or empty.
  public static String of(Throwable failure) {
    Throwable first = failure;
    while (first instanceof CompletionException && first.getCause() != null) {
      first = first.getCause();
    }
    @Nullable Throwable cause = first;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      String message = cause.getMessage();
      if (message != null && !message.isBlank() && !message.equals("null")) {
        return oneLine(
            cause == first && isSelfExplanatory(message)
                ? message
                : cause.getClass().getSimpleName() + ": " + message);
      }
      cause = cause.getCause();
    }
    return first.getClass().getSimpleName();
  }

  /// A message of one word, such as a host name, says nothing without the name of its exception.
  private static boolean isSelfExplanatory(String message) {
    return message.strip().indexOf(' ') > 0;
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}
