package com.secureapprove.chat.notification.mail;

import com.secureapprove.chat.contracts.Audience;
import com.secureapprove.chat.notification.people.Receivers;
import com.secureapprove.chat.platform.identity.Caller;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.List;

/// From a conversation whose quiet time ended to the people that are looked at: its participants
/// who have not muted it.
@Singleton
class MailReview {
  private final Receivers receivers;
  private final MailQueue queue;

  MailReview(Receivers receivers, MailQueue queue) {
    this.receivers = receivers;
    this.queue = queue;
  }

  /// Reviews a conversation. Blocks for a call of conversation-service.
  ///
  /// @throws Exception if the service does not answer; the review is repeated after its lease
  void review(String tenant, ClaimedConversation conversation) throws Exception {
    Caller.callAs(
        tenant,
        () -> {
          List<String> people =
              receivers.audience(conversation.id()).map(Audience::userIds).orElse(List.of());
          QuarkusTransaction.requiringNew().run(() -> queue.finish(conversation, people));
          return null;
        });
  }
}
