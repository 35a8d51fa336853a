package com.secureapprove.chat.platform.json;

import com.secureapprove.chat.contracts.AttachmentClaims;
import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.contracts.Audience;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.Contact;
import com.secureapprove.chat.contracts.ConversationSummaries;
import com.secureapprove.chat.contracts.DeliveredBatch;
import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.contracts.MessageBatch;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.contracts.People;
import com.secureapprove.chat.contracts.UnreadConversations;
import com.secureapprove.chat.platform.problem.ProblemBody;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// Registers the records that Jackson reads and writes by reflection for native images.
@RegisterForReflection(
    targets = {
      AttachmentClaims.class,
      AttachmentClaims.Item.class,
      AttachmentClaims.Outcomes.class,
      AttachmentClaims.Outcome.class,
      AttachmentClaims.ClaimedFile.class,
      AttachmentClaims.Keys.class,
      AttachmentClaims.Key.class,
      AttachmentClaims.Existing.class,
      AttachmentView.class,
      Audience.class,
      Audience.Online.class,
      ChatEvent.ConversationCreated.class,
      ChatEvent.ConversationUpdated.class,
      ChatEvent.ConversationPreferencesChanged.class,
      ChatEvent.ConversationDeleted.class,
      ChatEvent.ParticipantAdded.class,
      ChatEvent.ParticipantRemoved.class,
      ChatEvent.MessageCreated.class,
      ChatEvent.PositionsChanged.class,
      ChatEvent.StatusChange.class,
      ChatEvent.UserUpserted.class,
      ChatEvent.NotificationPublished.class,
      Contact.class,
      ConversationSummaries.class,
      ConversationSummaries.Request.class,
      ConversationSummaries.Summary.class,
      DeliveredBatch.class,
      DeliveredBatch.Item.class,
      Membership.class,
      Membership.OfPerson.class,
      Membership.Entry.class,
      Membership.Circles.class,
      Membership.Circle.class,
      MessageBatch.class,
      MessageBatch.Item.class,
      MessageBatch.Outcomes.class,
      MessageBatch.Outcome.class,
      MessageBatch.Refusal.class,
      MessageView.class,
      People.class,
      People.Person.class,
      People.Upsert.class,
      People.Entry.class,
      People.Count.class,
      People.SignIn.class,
      ProblemBody.class,
      ProblemBody.Violation.class,
      UnreadConversations.class,
      UnreadConversations.Conversation.class
    })
final class WireRecords {
  private WireRecords() {}
}
