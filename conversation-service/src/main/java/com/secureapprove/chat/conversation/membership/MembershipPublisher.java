package com.secureapprove.chat.conversation.membership;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.platform.problem.ProblemException;
import com.secureapprove.chat.serviceplatform.calls.ServiceCalls;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Sends a changed membership directly to message-service, so that the next message is authorized
/// against it.
@Singleton
public class MembershipPublisher {
  private static final Logger LOG = Logger.getLogger(MembershipPublisher.class);

  private final MessageMembershipClient messages;
  private final ServiceCalls calls;

  MembershipPublisher(@RestClient MessageMembershipClient messages, ServiceCalls calls) {
    this.messages = messages;
    this.calls = calls;
  }

  /// Sends the membership. Call it after the commit.
  ///
  /// Takes at most one second and never fails: if the call fails, message-service receives the same
  /// membership from the event.
  public void publish(Membership membership) {
    try {
      calls.asComponent(
          "message",
          token -> {
            messages.apply(token, membership.conversationId(), membership);
            return membership;
          });
    } catch (ProblemException e) {
      LOG.debugf(
          "membership_push_failed conversation=%s version=%d reason=%s",
          membership.conversationId(), membership.version(), e.detail());
    }
  }
}
