package com.secureapprove.chat.conversation.groups;

import com.secureapprove.chat.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Validates the list of participant ids in a request.
final class ParticipantIds {
  private ParticipantIds() {}

  /// Removes duplicates and keeps the order. Rejects an empty list.
  static List<String> of(@Nullable List<@Nullable String> ids) {
    if (ids == null || ids.isEmpty()) {
      throw ProblemException.invalid("participant_ids", "must not be empty");
    }
    Set<String> people = new LinkedHashSet<>();
    for (String id : ids) {
      if (id == null || id.isBlank()) {
        throw ProblemException.invalid("participant_ids", "must not contain an empty id");
      }
      people.add(id);
    }
    return new ArrayList<>(people);
  }
}
