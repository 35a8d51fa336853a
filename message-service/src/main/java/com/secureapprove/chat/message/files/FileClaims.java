package com.secureapprove.chat.message.files;

import com.secureapprove.chat.contracts.AttachmentClaims;
import com.secureapprove.chat.contracts.AttachmentClaims.Outcome;
import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// Claims files for messages that are about to be stored.
@Singleton
public class FileClaims {
  private final AttachmentClaimsClient client;
  private final ServiceCalls calls;

  FileClaims(@RestClient AttachmentClaimsClient client, ServiceCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  /// Claims the files of each item.
  ///
  /// @param items items that have files
  /// @return for each item, in order, its files or the refusal; a refusal for all if
  ///   attachment-service does not answer. Must be called outside a transaction.
  public List<Outcome> claim(List<MessageBatch.Item> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    AttachmentClaims claims =
        new AttachmentClaims(
            items.stream()
                .map(item ->
                    new AttachmentClaims.Item(
                        item.conversationId(),
                        item.senderId(),
                        item.clientMessageId(),
                        item.attachmentIds()))
                .toList());
    try {
      return calls.asComponent("attachment", token -> client.claim(token, claims)).outcomes();
    } catch (ProblemException e) {
      Outcome unavailable =
          new Outcome(null, new MessageBatch.Refusal(e.problem().code(), null, e.detail()));
      return items.stream().map(_ -> unavailable).toList();
    }
  }
}
