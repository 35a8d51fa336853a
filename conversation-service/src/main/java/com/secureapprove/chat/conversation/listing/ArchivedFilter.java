package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.conversation.membership.ArchiveRule;
import com.secureapprove.chat.platform.problem.ProblemException;

/// Selects conversations by their archived state ([ArchiveRule]).
enum ArchivedFilter {
  FALSE("and not (" + ArchiveRule.CONDITION + ")"),
  TRUE("and " + ArchiveRule.CONDITION),
  ALL("");

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
