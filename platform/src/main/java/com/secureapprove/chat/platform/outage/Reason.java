package com.secureapprove.chat.platform.outage;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The text of a failure for the field `reason` of a log line.
public final class Reason {
  private static final int MAX_LENGTH = 300;
  private static final int MAX_DEPTH = 10;

  private Reason() {}

  /// The messages of the failure and of its last cause, for example "Failed to create SSL
  /// connection: No name matching redis found". A failure without a message is named by its class.
  /// One line of at most 300 characters; never null or empty.
  public static String of(Throwable failure) {
    Throwable first = failure;
    while (first instanceof CompletionException && first.getCause() != null) {
      first = first.getCause();
    }
    Throwable last = first;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      @Nullable Throwable cause = last.getCause();
      if (cause == null) {
        break;
      }
      last = cause;
    }
    Set<String> parts = new LinkedHashSet<>();
    parts.add(text(first));
    if (!text(first).contains(String.valueOf(last.getMessage()))) {
      parts.add(text(last));
    }
    return oneLine(String.join(": ", parts));
  }

  /// A message of one word, such as a host name, says nothing without the name of its exception.
  private static String text(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    if (message == null || message.isBlank() || message.equals("null")) {
      return name;
    }
    return message.strip().indexOf(' ') > 0 ? message : name + ": " + message;
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}
