package com.secureapprove.chat.contracts;

import java.util.List;
import java.util.UUID;

/// Who is in a conversation at one version of it.
///
/// @param version grows with every change of the conversation; a lower one is old news
/// @param participantIds everybody who is in it; empty once it is deleted
public record Membership(UUID conversationId, long version, List<String> participantIds) {

  /// The conversations of one person.
  public record OfPerson(List<Entry> memberships) {}

  public record Entry(UUID conversationId, long version) {}

  /// In which small conversations each of some people is.
  public record Circles(List<Circle> circles) {}

  /// @param conversationIds where few enough are to be told of what this person does
  public record Circle(String userId, List<UUID> conversationIds) {}
}
