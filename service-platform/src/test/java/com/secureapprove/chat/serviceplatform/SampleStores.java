package com.secureapprove.chat.serviceplatform;

import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.secureapprove.chat.testsupport.stub.StubServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
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

  private final StubServer presence =
      StubServer.start().on("/internal/people", StubDirectory::answer);

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

  /// The password of the role of the sample service.
  public static String password() {
    return BackingServices.shared().password("chat_" + PART);
  }

  /// An internal token of the gateway for a person of the tenant `acme`.
  public static String token() {
    return BackingServices.shared()
        .userToken("gateway", PART, "acme", TokenUser.of("alice", "Alice", "alice@acme.example"));
  }

  /// The private key of a component, as a JWK.
  public static Path keyFile(String component) {
    return Path.of(
        String.valueOf(
            BackingServices.shared()
                .settingsFor(component, DATABASE)
                .get("chat.internal.key-file")));
  }

  /// A connection as superuser, with the schema of the sample service.
  public static Connection superuser() throws SQLException {
    Connection connection = BackingServices.shared().superuser(DATABASE);
    connection.setSchema(PART);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set default_transaction_read_only = off");
    }
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
