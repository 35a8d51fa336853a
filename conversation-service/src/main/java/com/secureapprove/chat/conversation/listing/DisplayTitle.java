package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.conversation.listing.ConversationView.ParticipantView;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The title that a participant sees.
final class DisplayTitle {
  private static final int NAMES = 3;

  private DisplayTitle() {}

  /// Returns the title of the group, or the names of the first three other participants.
  ///
  /// @param others the other participants that are loaded; at least three if there are at least
  ///   three
  /// @param otherCount the total number of other participants
  static String of(@Nullable String set, List<ParticipantView> others, int otherCount) {
    if (set != null && !set.isBlank()) {
      return set;
    }
    int shown = Math.min(NAMES, others.size());
    String names =
        others.stream()
            .limit(shown)
            .map(ParticipantView::shownName)
            .collect(Collectors.joining(", "));
    return otherCount > shown ? names + " +" + (otherCount - shown) + " more" : names;
  }
}
