package com.secureapprove.chat.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The participants of a conversation who want notifications of its messages.
///
/// @param title null for a direct conversation, and for a group without one
/// @param userIds all participants who have not muted the conversation, in order
public record Audience(boolean isGroup, @Nullable String title, List<String> userIds) {

  /// Those of the requested people who are online.
  public record Online(List<String> userIds) {}
}
