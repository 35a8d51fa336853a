package com.secureapprove.chat.conversation.membership;

import org.jspecify.annotations.Nullable;

/// When a conversation is archived for a participant: it was archived at its newest message. A
/// newer message makes it active again, unless it is also muted.
public final class ArchiveRule {
  /// The rule in SQL, on a participant `p` and a conversation `c`.
  public static final String CONDITION =
      "(p.archived_at_seq is not null and (p.muted or p.archived_at_seq >= c.last_seq))";

  private ArchiveRule() {}

  /// The rule in Java.
  ///
  /// @param archivedAtSeq the newest `seq` when the participant archived the conversation
  /// @param lastSeq the highest known `seq` of the conversation
  public static boolean isArchived(@Nullable Long archivedAtSeq, boolean muted, long lastSeq) {
    return archivedAtSeq != null && (muted || archivedAtSeq >= lastSeq);
  }
}
