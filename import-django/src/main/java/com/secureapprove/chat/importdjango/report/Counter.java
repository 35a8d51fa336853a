package com.secureapprove.chat.importdjango.report;

/// What an import counts.
public enum Counter implements ReportLine {
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

  @Override
  public String meaning() {
    return meaning;
  }
}
