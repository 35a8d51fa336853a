package com.secureapprove.chat.notification.push;

import com.secureapprove.chat.contracts.Audience;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// Asks the owners of memberships and presence whom a message concerns.
///
/// Methods throw a [ProblemException] 503 if a service does not answer.
@Singleton
class Receivers {
  private final AudienceClient conversations;
  private final OnlineClient presence;
  private final ServiceCalls calls;

  Receivers(
      @RestClient AudienceClient conversations,
      @RestClient OnlineClient presence,
      ServiceCalls calls) {
    this.conversations = conversations;
    this.presence = presence;
    this.calls = calls;
  }

  /// The participants who have not muted a conversation; empty if it does not exist any more.
  Optional<Audience> audience(UUID conversation) {
    return calls.findAsComponent("conversation", token -> conversations.of(token, conversation));
  }

  /// Those of the people who are online.
  Set<String> online(List<String> people) {
    Set<String> online = new HashSet<>();
    for (int from = 0; from < people.size(); from += OnlineClient.MAX_IDS) {
      String ids =
          String.join(
              ",", people.subList(from, Math.min(from + OnlineClient.MAX_IDS, people.size())));
      online.addAll(calls.asComponent("presence", token -> presence.among(token, ids)).userIds());
    }
    return online;
  }
}
