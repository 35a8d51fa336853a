package com.secureapprove.chat.serviceplatform;

import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.secureapprove.chat.testsupport.stub.StubServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Real PostgreSQL and Redis, empty at the start, and a stub of presence-service.
public final class SampleStores implements QuarkusTestResourceLifecycleManager {
  public static final String PART = "message";
  private static final String DATABASE = "service_platform_test";

  private final StubServer presence = StubServer.start().on("/internal/people", StubDirectory::answer);

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = BackingServices.shared().freshFor(PART, DATABASE);
    settings.put("chat.presence.url", presence.address());
    return settings;
  }

  @Override
  public void stop() {
    presence.stop();
  }

  /// A connection as superuser, with the schema of the sample service.
  public static Connection superuser() throws SQLException {
    Connection connection = BackingServices.shared().superuser(DATABASE);
    connection.setSchema(PART);
    return connection;
  }

  /// Runs statements as superuser.
  public static void execute(String... statements) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// The first column of the first row, null if there is no row.
  public static @Nullable String one(String query) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getString(1) : null;
    }
  }
}
