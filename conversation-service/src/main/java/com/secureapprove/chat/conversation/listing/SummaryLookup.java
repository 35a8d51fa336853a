package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.contracts.ConversationSummaries;
import com.secureapprove.chat.contracts.ConversationSummaries.Summary;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.identity.InternalTokens;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Reads the summaries of conversations from message-service, with a token for the caller.
@Singleton
class SummaryLookup {
  private static final Logger LOG = Logger.getLogger(SummaryLookup.class);

  private final MessageSummariesClient messages;
  private final InternalTokens tokens;
  private final Caller caller;

  SummaryLookup(@RestClient MessageSummariesClient messages, InternalTokens tokens, Caller caller) {
    this.messages = messages;
    this.tokens = tokens;
    this.caller = caller;
  }

  /// Returns the summaries by conversation id; empty if message-service is unavailable.
  ///
  /// @param ids at most [MessageSummariesClient#MAX_IDS]
  Optional<Map<UUID, Summary>> of(List<UUID> ids) {
    if (ids.isEmpty()) {
      return Optional.of(Map.of());
    }
    try {
      String token = "Bearer " + tokens.forUser("message", caller.tenant(), caller.user());
      ConversationSummaries answer =
          messages.summaries(token, new ConversationSummaries.Request(ids));
      return Optional.of(
          answer.summaries().stream()
              .collect(Collectors.toMap(Summary::conversationId, Function.identity())));
    } catch (ProcessingException
        | HttpClosedException
        | WebApplicationException
        | FaultToleranceException e) {
      LOG.warnf("summaries_unavailable reason=%s", e.getMessage());
      return Optional.empty();
    }
  }
}
