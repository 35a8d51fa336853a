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

/// The metadata of an uploaded file. Only the uploader may read it until one of their messages
/// claims it.
@Entity
@Table(name = "attachment")
public class Attachment extends PanacheEntityBase {
  @Id public UUID id;
  @TenantId public String tenant;
  public String uploaderId;
  public String filename;

  /// The type detected from the bytes, not the type that the client declared.
  public String contentType;

  /// Size in bytes.
  public long size;

  /// SHA-256 of the bytes, in hexadecimal.
  public String sha256;

  public boolean hasThumbnail;
  public Instant uploadedAt;

  /// The conversation of the message that claimed the file; null until then. The message may not be
  /// stored yet.
  public @Nullable UUID conversationId;

  public @Nullable String clientMessageId;
  public @Nullable Instant claimedAt;

  /// True after message-service has confirmed that the message exists.
  public boolean confirmed;

  /// Returns the metadata for clients.
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

  /// Returns the key of the bytes in the store.
  public BlobStore.Key bytes() {
    return new BlobStore.Key(tenant, id.toString());
  }

  /// Returns the key of the thumbnail in the store. It exists only if `hasThumbnail` is true.
  public BlobStore.Key thumbnail() {
    return new BlobStore.Key(tenant, id + ".thumbnail");
  }
}
