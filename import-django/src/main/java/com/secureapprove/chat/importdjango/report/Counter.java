package com.secureapprove.chat.importdjango.report;

import java.util.Locale;

/// What an import counts.
public enum Counter {
  PEOPLE_MATCHED("people matched by their address"),
  PEOPLE_ENTERED("inactive directory entries made"),
  CONVERSATIONS("conversations"),
  CONVERSATIONS_NEW("new conversations"),
  MESSAGES("messages"),
  MESSAGES_NEW("new messages"),
  FILES("files"),
  FILES_NEW("new files"),
  FILE_BYTES("bytes of new files"),
  THUMBNAILS("thumbnails made");

  private final String meaning;

  Counter(String meaning) {
    this.meaning = meaning;
  }

  /// A label of the text report.
  public String meaning() {
    return meaning;
  }

  /// The name in the JSON report.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
