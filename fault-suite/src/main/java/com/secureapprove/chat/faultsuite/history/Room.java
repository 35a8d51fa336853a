package com.secureapprove.chat.faultsuite.history;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A conversation at the end of a run.
///
/// @param everMembers all people who were or may have been added
/// @param members the members at the end
/// @param always the members since before its first message, who never left
/// @param stored its messages as some members read them over REST
public record Room(
    String id,
    String tenant,
    Set<String> everMembers,
    Set<String> members,
    Set<String> always,
    Map<String, List<Message>> stored) {

  public Room {
    everMembers = Set.copyOf(everMembers);
    members = Set.copyOf(members);
    always = Set.copyOf(always);
    stored = Map.copyOf(stored);
  }
}
