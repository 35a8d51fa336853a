package com.secureapprove.chat.systemtests.chaos.history;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A conversation at the end of a run.
///
/// @param everMembers all who were put into it, or may have been
/// @param members those in it at the end
/// @param always those who were in it before its first message, and never left
/// @param stored its messages as each of some members gets them over REST
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
