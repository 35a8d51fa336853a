package com.secureapprove.chat.notification.people;

import com.secureapprove.chat.contracts.Audience;
import com.secureapprove.chat.contracts.Contact;
import com.secureapprove.chat.contracts.UnreadConversations;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// Asks the owners of memberships, unread messages and presence whom a message concerns.
///
/// Methods throw a `ProblemException` 503 if a service does not answer.
@Singleton
public class Receivers {
  private final AudienceClient conversations;
  private final UnreadClient unread;
  private final OnlineClient presence;
  private final ContactClient contacts;
  private final ServiceCalls calls;

  Receivers(
      @RestClient AudienceClient conversations,
      @RestClient UnreadClient unread,
      @RestClient OnlineClient presence,
      @RestClient ContactClient contacts,
      ServiceCalls calls) {
    this.conversations = conversations;
    this.unread = unread;
    this.presence = presence;
    this.contacts = contacts;
    this.calls = calls;
  }

  /// The participants who have not muted a conversation; empty if it does not exist any more.
  public Optional<Audience> audience(UUID conversation) {
    return calls.findAsComponent("conversation", token -> conversations.of(token, conversation));
  }

  /// Those of the people who are online.
  public Set<String> online(List<String> people) {
    Set<String> online = new HashSet<>();
    for (int from = 0; from < people.size(); from += OnlineClient.MAX_IDS) {
      String ids =
          String.join(
              ",", people.subList(from, Math.min(from + OnlineClient.MAX_IDS, people.size())));
      online.addAll(calls.asComponent("presence", token -> presence.among(token, ids)).userIds());
    }
    return online;
  }

  /// What a person has not read, without muted and archived conversations.
  ///
  /// @param most the number of conversations that are described
  public UnreadConversations unread(String person, int most) {
    return calls.asPerson("conversation", person, token -> unread.of(token, most));
  }

  /// How to reach a person; empty if the directory does not have them.
  public Optional<Contact> contact(String person) {
    return calls.findAsComponent("presence", token -> contacts.of(token, person));
  }
}
