package com.secureapprove.chat.faultsuite.history;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The final state of a conversation.
///
/// @param everMembers all people who were or may have been added
/// @param members the members at the end
/// @param permanentMembers members from before the first message, who never left
/// @param stored its messages as some members read them over REST
public record FinalConversation(
    String id,
    String tenant,
    Set<String> everMembers,
    Set<String> members,
    Set<String> permanentMembers,
    Map<String, List<ObservedMessage>> stored) {

  public FinalConversation {
    everMembers = Set.copyOf(everMembers);
    members = Set.copyOf(members);
    permanentMembers = Set.copyOf(permanentMembers);
    stored = Map.copyOf(stored);
  }
}
