package com.secureapprove.chat.importdjango.report;

/// The kinds of things that an import lists one by one.
public enum FindingKind implements ReportLine {
  USER_WITHOUT_ENTRY("people without a directory entry; an inactive entry keeps their messages"),
  USER_NOT_UNIQUE("people whose address is not unique; an inactive entry keeps their messages"),
  USER_UNKNOWN("ids of people that the old table of users does not have"),
  USER_NOT_NEEDED("active people without a directory entry who are in no conversation"),
  CONVERSATION_NOT_VISIBLE("conversations without participants, which nobody sees: left out"),
  CONVERSATION_DELETED("conversations that were deleted in this chat since: left out"),
  CONVERSATION_SECOND("further 1-to-1 conversations of the same two people"),
  CONVERSATION_NOW_GROUP("1-to-1 conversations of more than two people, which become groups"),
  CONVERSATION_ALONE("1-to-1 conversations with one person left"),
  TITLE_CHANGED("titles that were too long or had control characters: changed"),
  PARTICIPANT_TWICE("participants that are listed twice: the first row counts"),
  MEMBERSHIP_DIFFERS("changes of the membership since the first import: not applied"),
  MESSAGE_TOO_LONG("messages over 5,000 characters: kept whole"),
  MESSAGE_CHARACTERS("messages with characters that cannot be stored: replaced"),
  MESSAGE_WITHOUT_FILES("messages that announce files but have none"),
  MESSAGE_TAKEN("messages whose id another conversation has already: left out"),
  UNREAD_DIFFERS("unread counts that the stored positions contradict"),
  FILE_DOWNLOAD_ONLY("files that today's rules refuse: kept for download only"),
  FILE_REFUSED("files that today's rules refuse: left out"),
  FILE_MISSING("files that are not in the media directory"),
  FILE_OUTSIDE("files whose path leads out of the media directory: not read"),
  FILE_UNREADABLE("files that could not be read");

  private final String meaning;

  FindingKind(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
