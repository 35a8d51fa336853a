package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.platform.problem.ProblemException;

/// Which conversations are listed. Somebody's conversation is archived until a message comes after
/// it was put away, or for as long as it is muted as well.
enum ArchivedFilter {
  FALSE("and not (" + ArchivedFilter.CONDITION + ")"),
  TRUE("and " + ArchivedFilter.CONDITION),
  ALL("");

  /// As SQL, of a participant `p` and a conversation `c`.
  private static final String CONDITION =
      "(p.archived_at_seq is not null and (p.muted or p.archived_at_seq >= c.last_seq))";

  private final String sql;

  ArchivedFilter(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }

  static ArchivedFilter of(String parameter) {
    return switch (parameter) {
      case "false" -> FALSE;
      case "true" -> TRUE;
      case "all" -> ALL;
      default -> throw ProblemException.invalid("archived", "must be false, true or all");
    };
  }
}
