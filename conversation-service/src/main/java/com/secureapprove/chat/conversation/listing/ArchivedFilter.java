package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.platform.problem.ProblemException;

/// Selects conversations by their archived state.
///
/// An archived conversation becomes active again with the next message, unless it is also muted.
enum ArchivedFilter {
  FALSE("and not (" + ArchivedFilter.CONDITION + ")"),
  TRUE("and " + ArchivedFilter.CONDITION),
  ALL("");

  /// SQL condition on a participant `p` and a conversation `c`.
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
