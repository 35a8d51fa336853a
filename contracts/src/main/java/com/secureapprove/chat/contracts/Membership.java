package com.secureapprove.chat.contracts;

import java.util.List;
import java.util.UUID;

/// The members of a conversation at one version.
///
/// @param version increases with every change of the conversation; a lower version is outdated
/// @param participantIds all members; empty if the conversation is deleted
public record Membership(UUID conversationId, long version, List<String> participantIds) {

  /// The conversations of one person.
  public record OfPerson(List<Entry> memberships) {}

  public record Entry(UUID conversationId, long version) {}

  /// The small conversations of each requested person.
  public record Circles(List<Circle> circles) {}

  /// @param conversationIds the conversations that are small enough to receive this person's
  ///   presence
  public record Circle(String userId, List<UUID> conversationIds) {}
}
