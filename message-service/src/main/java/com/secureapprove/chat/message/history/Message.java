package com.secureapprove.chat.message.history;

import com.secureapprove.chat.contracts.AttachmentView;
import com.secureapprove.chat.contracts.MessageStatus;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.serviceplatform.people.PersonCopy;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/// A stored message, for reading; it is written by the posting feature's multi-row statements.
@Entity
@Immutable
public class Message extends PanacheEntityBase {
  @Id public UUID id;
  @TenantId public String tenant;

  @Column(name = "conversation_id")
  public UUID conversationId;

  public long seq;

  @Column(name = "sender_id")
  public String senderId;

  @Column(name = "client_message_id")
  public String clientMessageId;

  public String content;

  /// JSON as [com.secureapprove.chat.message.files.StoredFiles] writes it; null without files.
  public @Nullable String attachments;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "updated_at")
  public Instant updatedAt;

  /// As clients see it.
  ///
  /// @param sender null if the directory copy does not have the sender
  public MessageView view(
      @Nullable PersonCopy sender, List<AttachmentView> files, MessageStatus status) {
    return new MessageView(
        id,
        conversationId,
        seq,
        senderId,
        sender == null ? "" : sender.name,
        sender == null ? "" : sender.email,
        content,
        !files.isEmpty(),
        files,
        createdAt,
        updatedAt,
        clientMessageId,
        status);
  }
}
