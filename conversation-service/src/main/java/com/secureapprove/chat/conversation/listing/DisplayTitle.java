package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.conversation.listing.ConversationView.ParticipantView;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a conversation is called, for one of its participants.
final class DisplayTitle {
  private static final int NAMES = 3;

  private DisplayTitle() {}

  /// The title that was set; else the others' names, the first three of them.
  ///
  /// @param others those of the others who are known here, at least three where there are so many
  /// @param otherCount how many others there are
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
