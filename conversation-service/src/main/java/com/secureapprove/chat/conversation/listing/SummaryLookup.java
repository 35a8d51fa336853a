package com.secureapprove.chat.conversation.listing;

import com.secureapprove.chat.contracts.ConversationSummaries;
import com.secureapprove.chat.contracts.ConversationSummaries.Summary;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// Reads the summaries of conversations from message-service, with a token for the caller.
@Singleton
class SummaryLookup {
  private final MessageSummariesClient messages;
  private final ServiceCalls calls;

  SummaryLookup(@RestClient MessageSummariesClient messages, ServiceCalls calls) {
    this.messages = messages;
    this.calls = calls;
  }

  /// Returns the summaries by conversation id; empty if message-service is unavailable.
  ///
  /// @param ids at most [MessageSummariesClient#MAX_IDS]
  Optional<Map<UUID, Summary>> of(List<UUID> ids) {
    if (ids.isEmpty()) {
      return Optional.of(Map.of());
    }
    try {
      ConversationSummaries answer =
          calls.asUser(
              "message",
              token -> messages.summaries(token, new ConversationSummaries.Request(ids)));
      return Optional.of(
          answer.summaries().stream()
              .collect(Collectors.toMap(Summary::conversationId, Function.identity())));
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }
}
