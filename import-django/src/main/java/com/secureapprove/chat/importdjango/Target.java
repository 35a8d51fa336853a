package com.secureapprove.chat.importdjango;

import com.secureapprove.chat.importdjango.tables.AttachmentTables;
import com.secureapprove.chat.importdjango.tables.ConversationTables;
import com.secureapprove.chat.importdjango.tables.MessageTables;
import com.secureapprove.chat.importdjango.tables.PositionTables;
import com.secureapprove.chat.importdjango.tables.PresenceTables;
import com.secureapprove.chat.importdjango.tables.TenantConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The tables of all services for one tenant. For one thread.
record Target(
    String tenant,
    PresenceTables presence,
    ConversationTables conversations,
    MessageTables messages,
    PositionTables positions,
    AttachmentTables attachments,
    List<TenantConnection> connections)
    implements AutoCloseable {

  /// @param passwords of the roles `chat_<service>`, by service
  static Target open(
      String url, Map<String, String> passwords, String tenant, Duration resumeWindow)
      throws SQLException {
    List<TenantConnection> connections = new ArrayList<>();
    try {
      for (String service : List.of("presence", "conversation", "message", "attachment")) {
        connections.add(
            TenantConnection.open(url, service, passwords.getOrDefault(service, ""), tenant));
      }
      connections.getFirst().reserve();
      return new Target(
          tenant,
          new PresenceTables(connections.get(0), resumeWindow),
          new ConversationTables(connections.get(1), resumeWindow),
          new MessageTables(connections.get(2)),
          new PositionTables(connections.get(2)),
          new AttachmentTables(connections.get(3)),
          List.copyOf(connections));
    } catch (SQLException | RuntimeException e) {
      closeAll(connections);
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    closeAll(connections);
  }

  private static void closeAll(List<TenantConnection> connections) throws SQLException {
    for (TenantConnection connection : connections) {
      connection.close();
    }
  }
}
