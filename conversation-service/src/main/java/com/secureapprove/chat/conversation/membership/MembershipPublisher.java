package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.identity.InternalTokens;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Sends a changed membership directly to message-service, so that the next message is authorized
/// against it.
@Singleton
public class MembershipPublisher {
  private static final Logger LOG = Logger.getLogger(MembershipPublisher.class);

  private final MessageMembershipClient messages;
  private final InternalTokens tokens;
  private final Caller caller;

  MembershipPublisher(
      @RestClient MessageMembershipClient messages, InternalTokens tokens, Caller caller) {
    this.messages = messages;
    this.tokens = tokens;
    this.caller = caller;
  }

  /// Sends the membership. Call it after the commit.
  ///
  /// Takes at most one second and never fails: if the call fails, message-service receives the same
  /// membership from the event.
  public void publish(Membership membership) {
    try {
      String token = "Bearer " + tokens.forPart("message", caller.tenant());
      messages.apply(token, membership.conversationId(), membership);
    } catch (ProcessingException
        | HttpClosedException
        | WebApplicationException
        | FaultToleranceException e) {
      LOG.warnf(
          "membership_push_failed conversation=%s version=%d reason=%s",
          membership.conversationId(), membership.version(), e.getMessage());
    }
  }
}
