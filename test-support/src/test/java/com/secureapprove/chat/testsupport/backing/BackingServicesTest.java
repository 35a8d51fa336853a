package com.secureapprove.chat.testsupport.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Stack;
import com.secureapprove.chat.localstack.stack.StackHome;
import com.secureapprove.chat.localstack.stack.StackPorts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackingServicesTest {

  private final BackingServices backing = BackingServices.shared();

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "password_encryption, scram-sha-256",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''"
  })
  void postgresIsDurableAndRequiresAPassword(String setting, String value) throws SQLException {
    try (Connection connection = backing.superuser("postgres")) {
      assertThat(one(connection, "SHOW " + setting)).isEqualTo(value);
      assertThat(
              one(connection, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'trust'"))
          .isEqualTo("0");
    }
  }

  @Test
  void aWrongPasswordIsRefused() {
    String url = backing.freshDatabase("backing_services_test");

    assertThatThrownBy(() -> DriverManager.getConnection(url, "chat_message", "wrong"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void aServiceCanUseOnlyTheTablesOfItsOwner() throws SQLException {
    String url = backing.freshDatabase("backing_services_test");
    try (Connection owner = login(url, "chat_message_owner")) {
      run(owner, "CREATE TABLE note (body text)");
    }

    try (Connection service = login(url, "chat_message")) {
      run(service, "INSERT INTO note VALUES ('kept')");
      assertThat(one(service, "SELECT body FROM message.note")).isEqualTo("kept");
      assertThatThrownBy(() -> run(service, "DROP TABLE note")).hasMessageContaining("owner");
      assertThatThrownBy(() -> run(service, "CREATE TABLE mine (id int)"))
          .hasMessageContaining("permission denied");
    }
    try (Connection stranger = login(url, "chat_presence")) {
      assertThatThrownBy(() -> run(stranger, "SELECT * FROM message.note"))
          .hasMessageContaining("permission denied for schema message");
      assertThatThrownBy(() -> run(stranger, "CREATE TABLE public.mine (id int)"))
          .hasMessageContaining("permission denied for schema public");
    }
  }

  @Test
  void serviceRolesHaveNoAdministrativePrivileges() throws SQLException {
    backing.freshDatabase("backing_services_test");
    try (Connection connection = backing.superuser("backing_services_test")) {
      assertThat(one(connection, "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'chat\\_%'"))
          .isEqualTo("10");
      assertThat(
              one(
                  connection,
                  "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'chat\\_%' AND (rolsuper OR"
                      + " rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication)"))
          .isEqualTo("0");
    }
  }

  @Test
  void aStackOnTheseServicesDoesNotStopThem(@TempDir Path directory) throws SQLException {
    Stack stack =
        backing
            .stack(new StackHome(directory), "backing_services_test")
            .ports(StackPorts.free())
            .without(EnumSet.allOf(Component.class))
            .build();
    stack.start();

    stack.close();

    try (Connection connection = backing.superuser("backing_services_test")) {
      assertThat(one(connection, "SELECT count(*) FROM pg_roles WHERE rolname = 'chat_message'"))
          .isEqualTo("1");
    }
    assertThatCode(() -> backing.freshRedis("local-stack")).doesNotThrowAnyException();
  }

  @Test
  void settingsNameExistingFilesAndTheRightDatabase() {
    var settings = backing.settingsFor("message", "message_test");

    assertThat(settings)
        .containsEntry("chat.database.url", backing.jdbcUrl("message_test"))
        .containsEntry("chat.redis.url", backing.redisUrl("message"));
    Stream.of("chat.internal.key-file", "chat.internal.trust-file")
        .forEach(name -> assertThat(Path.of(settings.get(name))).exists());
  }

  @Test
  void theGatewayHasNoDatabase() {
    assertThat(backing.settingsFor("gateway", "none").keySet())
        .noneMatch(name -> name.startsWith("chat.database"));
  }

  private Connection login(String url, String role) throws SQLException {
    return DriverManager.getConnection(url, role, backing.password(role));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
