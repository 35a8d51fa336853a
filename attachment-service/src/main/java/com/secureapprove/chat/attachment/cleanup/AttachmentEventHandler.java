package com.secureapprove.chat.attachment.cleanup;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.serviceplatform.consumer.EventHandler;
import jakarta.inject.Singleton;
import java.util.Set;

/// Deletes the files of a deleted conversation.
@Singleton
class AttachmentEventHandler implements EventHandler {
  private final OrphanSweeper cleaning;

  AttachmentEventHandler(OrphanSweeper cleaning) {
    this.cleaning = cleaning;
  }

  @Override
  public Set<EventType> wants() {
    return Set.of(EventType.CONVERSATION_DELETED);
  }

  @Override
  public void handle(EventEnvelope event) {
    if (event.data() instanceof ChatEvent.ConversationDeleted deleted) {
      cleaning.removeConversation(deleted.conversationId());
    }
  }
}
