package com.secureapprove.chat.conversation;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs the service under test against real stores, which are empty at the start.
/// [ConversationUpstreams] replaces the services that it calls.
public final class ConversationStores implements QuarkusTestResourceLifecycleManager {
  static final String PART = "conversation";
  public static final String DATABASE = "conversation_service_test";

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = BackingServices.shared().freshFor(PART, DATABASE);
    String address = ConversationUpstreams.start();
    settings.put("chat.message.url", address);
    settings.put("chat.presence.url", address);
    return settings;
  }

  @Override
  public void stop() {
    ConversationUpstreams.stop();
  }

  /// Returns the types of the events written for an aggregate so far, in order.
  public static List<String> events(String aggregate) throws SQLException {
    return events(aggregate, "type");
  }

  /// Returns one field of the events written for an aggregate so far, in order.
  public static List<String> events(String aggregate, String field) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = BackingServices.shared().superuser(DATABASE);
        PreparedStatement select =
            connection.prepareStatement(
                "select payload::json->>? from conversation.outbox_event where"
                    + " payload::json->>'aggregate' = ? order by position")) {
      select.setString(1, field);
      select.setString(2, aggregate);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    }
    return values;
  }
}
