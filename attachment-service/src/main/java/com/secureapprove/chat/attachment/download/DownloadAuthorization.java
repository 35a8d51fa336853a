package com.secureapprove.chat.attachment.download;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/// Decides who may read a file. Before a message claims it, only its uploader may. Afterwards, the
/// current participants of the conversation may.
@Singleton
class DownloadAuthorization {
  private final ParticipantsClient conversations;
  private final ServiceCalls calls;
  private final Caller caller;

  DownloadAuthorization(
      @RestClient ParticipantsClient conversations, ServiceCalls calls, Caller caller) {
    this.conversations = conversations;
    this.calls = calls;
    this.caller = caller;
  }

  /// Returns the file if the caller may read it now.
  ///
  /// @throws ProblemException 404 if the caller may not read it or it does not exist, 503 if
  ///   conversation-service is unavailable
  Attachment requireReadable(UUID id) {
    Attachment attachment =
        QuarkusTransaction.requiringNew().call(() -> Attachment.<Attachment>findById(id));
    if (attachment == null || !mayRead(attachment)) {
      throw new ProblemException(Problem.NOT_FOUND, "unknown file");
    }
    return attachment;
  }

  private boolean mayRead(Attachment attachment) {
    String me = caller.user().userId();
    @Nullable UUID conversation = attachment.conversationId;
    return conversation == null
        ? attachment.uploaderId.equals(me)
        : isParticipant(conversation, me);
  }

  private boolean isParticipant(UUID conversation, String person) {
    return calls
        .findAsComponent(
            "conversation",
            token -> {
              conversations.participant(token, conversation, person);
              return true;
            })
        .isPresent();
  }
}
