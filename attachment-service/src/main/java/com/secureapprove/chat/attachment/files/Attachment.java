package com.secureapprove.chat.attachment.files;

import com.secureapprove.chat.attachment.store.BlobStore;
import com.secureapprove.chat.contracts.AttachmentView;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/// A file that somebody has uploaded. It is theirs alone until a message of theirs claims it.
@Entity
@Table(name = "attachment")
public class Attachment extends PanacheEntityBase {
  @Id public UUID id;
  @TenantId public String tenant;
  public String uploaderId;
  public String filename;

  /// What the bytes are, whatever the client called them.
  public String contentType;

  /// In bytes.
  public long size;

  /// Of the bytes, in hexadecimal.
  public String sha256;

  public boolean hasThumbnail;
  public Instant uploadedAt;

  /// Where the message is, or is about to be, that carries the file; null until it is claimed.
  public @Nullable UUID conversationId;

  public @Nullable String clientMessageId;
  public @Nullable Instant claimedAt;

  /// Whether message-service has said that the message exists.
  public boolean confirmed;

  /// As clients update it.
  public AttachmentView view() {
    String path = "/api/chat/attachments/" + id;
    return new AttachmentView(
        id,
        filename,
        contentType,
        size,
        path + "/download/",
        hasThumbnail ? path + "/thumbnail/" : null,
        uploadedAt);
  }

  /// Where the bytes lie.
  public BlobStore.Key bytes() {
    return new BlobStore.Key(tenant, id.toString());
  }

  /// Where the small picture lies, if there is one.
  public BlobStore.Key thumbnail() {
    return new BlobStore.Key(tenant, id + ".thumbnail");
  }
}
