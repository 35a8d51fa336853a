package com.secureapprove.chat.importdjango.old;

import com.secureapprove.chat.importdjango.report.ImportFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The tables and columns that an import reads, with their types. All that is missing or different
/// is said in one message.
final class OldSchema {
  private static final String ID = "uuid";
  private static final String NUMBER = "bigint|integer|smallint";
  private static final String TEXT = "text|character varying|character|USER-DEFINED";
  private static final String TIME = "timestamp with time zone";
  private static final String FLAG = "boolean";

  private static final Map<String, Map<String, String>> TABLES = new LinkedHashMap<>();

  static {
    table(
        "chat_chatconversation",
        "id",
        ID,
        "tenant_id",
        NUMBER,
        "title",
        TEXT,
        "is_group",
        FLAG,
        "created_at",
        TIME,
        "updated_at",
        TIME);
    table(
        "chat_chatparticipant",
        "id",
        ID,
        "conversation_id",
        ID,
        "user_id",
        NUMBER,
        "unread_count",
        NUMBER,
        "last_read_message_id",
        ID,
        "is_archived",
        FLAG,
        "is_muted",
        FLAG,
        "joined_at",
        TIME);
    table(
        "chat_chatmessage",
        "id",
        ID,
        "conversation_id",
        ID,
        "sender_id",
        NUMBER,
        "content",
        TEXT,
        "has_attachments",
        FLAG,
        "status",
        TEXT,
        "created_at",
        TIME,
        "updated_at",
        TIME);
    table(
        "chat_chatmessagedelivery",
        "message_id",
        ID,
        "recipient_id",
        NUMBER,
        "delivered_at",
        TIME,
        "read_at",
        TIME);
    table(
        "chat_chatattachment",
        "id",
        ID,
        "message_id",
        ID,
        "file",
        TEXT,
        "filename",
        TEXT,
        "content_type",
        TEXT,
        "size",
        NUMBER,
        "uploaded_at",
        TIME);
    table("chat_userpresence", "user_id", NUMBER, "last_activity", TIME);
    table(
        "authentication_user",
        "id",
        NUMBER,
        "email",
        TEXT,
        "name",
        TEXT,
        "first_name",
        TEXT,
        "last_name",
        TEXT,
        "tenant_id",
        NUMBER,
        "is_active",
        FLAG);
  }

  private final String pathColumn;

  private OldSchema(String pathColumn) {
    this.pathColumn = pathColumn;
  }

  /// Checks the tables in the search path of the connection.
  ///
  /// @throws ImportFailure naming every missing table and every missing or different column
  static OldSchema check(Connection connection) throws SQLException {
    Map<String, Map<String, String>> found = columns(connection);
    String pathColumn = "file";
    Map<String, String> attachment = found.getOrDefault("chat_chatattachment", Map.of());
    if (!attachment.containsKey("file") && attachment.containsKey("file_path")) {
      pathColumn = "file_path";
      attachment.put("file", attachment.get("file_path"));
    }
    List<String> wrong = new ArrayList<>();
    TABLES.forEach((table, columns) -> {
      Map<String, String> present = found.get(table);
      if (present == null) {
        wrong.add("table %s is missing".formatted(table));
        return;
      }
      columns.forEach((column, types) -> {
        String type = present.get(column);
        if (type == null) {
          wrong.add("column %s.%s is missing".formatted(table, column));
        } else if (!Pattern.matches(types, type)) {
          wrong.add(
              "column %s.%s has the type %s instead of %s"
                  .formatted(table, column, type, types.replaceAll("\\|.*", "")));
        }
      });
    });
    if (!wrong.isEmpty()) {
      throw new ImportFailure(
          "The old database is not that of the Django chat: %s. The option --old-schema names the"
                  .formatted(String.join("; ", wrong))
              + " schema if it is not the default one.");
    }
    return new OldSchema(pathColumn);
  }

  /// The column with the path of an attachment.
  String pathColumn() {
    return pathColumn;
  }

  private static Map<String, Map<String, String>> columns(Connection connection)
      throws SQLException {
    Map<String, Map<String, String>> columns = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select table_name, column_name, data_type from information_schema.columns
            where table_schema = any(current_schemas(false)) and table_name = any(?)
            """)) {
      Set<String> tables = TABLES.keySet();
      select.setArray(1, connection.createArrayOf("text", tables.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          columns
              .computeIfAbsent(rows.getString(1), _ -> new HashMap<>())
              .put(rows.getString(2), rows.getString(3));
        }
      }
    }
    return columns;
  }

  private static void table(String name, String... columnsAndTypes) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < columnsAndTypes.length; i += 2) {
      columns.put(columnsAndTypes[i], columnsAndTypes[i + 1]);
    }
    TABLES.put(name, columns);
  }
}
