package com.secureapprove.chat.importdjango.tables;

import com.secureapprove.chat.attachment.files.Attachment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The metadata of files of attachment-service.
///
/// A file is stored as claimed by its message. If the message never follows, because an import was
/// ended, cleaning deletes the file after a day like any other.
public final class AttachmentTables {
  private final TenantConnection database;
  private final Connection connection;

  public AttachmentTables(TenantConnection database) {
    this.database = database;
    this.connection = database.jdbc();
  }

  /// Those of the files that are stored.
  public Map<UUID, Attachment> stored(Collection<UUID> ids) throws SQLException {
    return database.transaction(() -> {
      Map<UUID, Attachment> stored = new HashMap<>();
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              select id, filename, content_type, size, has_thumbnail, uploaded_at from attachment
              where tenant = ? and id = any(?)
              """)) {
        select.setString(1, database.tenant());
        select.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            Attachment file = new Attachment();
            file.tenant = database.tenant();
            file.id = rows.getObject(1, UUID.class);
            file.filename = rows.getString(2);
            file.contentType = rows.getString(3);
            file.size = rows.getLong(4);
            file.hasThumbnail = rows.getBoolean(5);
            file.uploadedAt = rows.getObject(6, OffsetDateTime.class).toInstant();
            stored.put(file.id, file);
          }
        }
      }
      return stored;
    });
  }

  /// Stores files whose bytes are in the store, each claimed by a message.
  public void insert(List<Attachment> files, Instant now) throws SQLException {
    database.transaction(() -> {
      try (PreparedStatement tenant =
              connection.prepareStatement(
                  "insert into tenant_with_files (tenant) values (?) on conflict do nothing");
          PreparedStatement insert =
              connection.prepareStatement(
                  """
                  insert into attachment (tenant, id, uploader_id, filename, content_type, size,
                    sha256, has_thumbnail, uploaded_at, conversation_id, client_message_id,
                    claimed_at, confirmed)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false)
                  on conflict (tenant, id) do nothing
                  """)) {
        tenant.setString(1, database.tenant());
        tenant.executeUpdate();
        for (Attachment file : files) {
          insert.setString(1, database.tenant());
          insert.setObject(2, file.id);
          insert.setString(3, file.uploaderId);
          insert.setString(4, file.filename);
          insert.setString(5, file.contentType);
          insert.setLong(6, file.size);
          insert.setString(7, file.sha256);
          insert.setBoolean(8, file.hasThumbnail);
          insert.setObject(9, file.uploadedAt.atOffset(ZoneOffset.UTC));
          insert.setObject(10, Objects.requireNonNull(file.conversationId));
          insert.setString(11, Objects.requireNonNull(file.clientMessageId));
          insert.setObject(12, now.atOffset(ZoneOffset.UTC));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      return files;
    });
  }
}
