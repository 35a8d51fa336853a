package com.secureapprove.chat.message.files;

import com.secureapprove.chat.contracts.AttachmentClaims;
import com.secureapprove.chat.contracts.AttachmentClaims.Outcome;
import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.problem.Problem;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// FileClaims files for messages that are about to be stored.
@Singleton
public class FileClaims {
  private static final Logger LOG = Logger.getLogger(FileClaims.class);

  private final FileOwner owner;
  private final InternalTokens tokens;
  private final Caller caller;

  FileClaims(@RestClient FileOwner owner, InternalTokens tokens, Caller caller) {
    this.owner = owner;
    this.tokens = tokens;
    this.caller = caller;
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
      return owner
          .claim("Bearer " + tokens.forPart("attachment", caller.tenant()), claims)
          .outcomes();
    } catch (ProcessingException
        | HttpClosedException
        | WebApplicationException
        | FaultToleranceException e) {
      LOG.warnf("files_not_claimed items=%d reason=%s", items.size(), e.getMessage());
      Outcome unavailable =
          new Outcome(
              null,
              new MessageBatch.Refusal(
                  Problem.UNAVAILABLE.code(), null, "attachment-service does not answer"));
      return items.stream().map(_ -> unavailable).toList();
    }
  }
}
