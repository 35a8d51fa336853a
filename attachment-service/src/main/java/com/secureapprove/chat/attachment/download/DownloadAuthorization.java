package com.secureapprove.chat.attachment.download;

import com.secureapprove.chat.attachment.files.Attachment;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.identity.InternalTokens;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/// Decides who may read a file. Before a message claims it, only its uploader may. Afterwards, the
/// current participants of the conversation may.
@Singleton
class DownloadAuthorization {
  private final ParticipantsClient conversations;
  private final InternalTokens tokens;
  private final Caller caller;

  DownloadAuthorization(
      @RestClient ParticipantsClient conversations, InternalTokens tokens, Caller caller) {
    this.conversations = conversations;
    this.tokens = tokens;
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
    String token = "Bearer " + tokens.forPart("conversation", caller.tenant());
    try {
      conversations.participant(token, conversation, person);
      return true;
    } catch (WebApplicationException e) {
      if (e.getResponse().getStatus() == Problem.NOT_FOUND.status()) {
        return false;
      }
      throw unavailable();
    } catch (ProcessingException | HttpClosedException | FaultToleranceException e) {
      throw unavailable();
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.retryAfter(
        Problem.UNAVAILABLE, "conversation-service is unavailable", 2);
  }
}
