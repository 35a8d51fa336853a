package com.secureapprove.chat.serviceplatform.database;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.notNullValue;

import com.secureapprove.chat.serviceplatform.SampleStores;
import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A database that fails over, restarts, or refuses the role is an outage: 503, one warning for
/// each change of state, and recovery without a restart.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class DatabaseOutageTest {
  private static final String END_CONNECTIONS =
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'chat_message'";
  private static final String OLDEST_CONNECTION =
      "select min(backend_start) from pg_stat_activity where usename = 'chat_message'";

  private final UUID sample = UUID.randomUUID();
  private CapturedLog log;

  @BeforeEach
  void write() {
    awaitRecovery();
    log = new CapturedLog();
  }

  @AfterEach
  void recover() {
    awaitRecovery();
    if (!log.warnings("dependency_unavailable dependency=database").isEmpty()) {
      awaitRecoveryWarning();
    }
    log.close();
  }

  @Test
  void readOnlyDatabaseIsAnOutageForWritesOnly() throws SQLException {
    SampleStores.execute(
        "alter system set default_transaction_read_only = on", "select pg_reload_conf()");
    try {
      await().atMost(Duration.ofSeconds(10)).until(() -> rename().statusCode() != 204);
      assertUnavailable(rename());
      assertThat(given().auth().oauth2(SampleStores.token()).get("/samples/" + sample).statusCode())
          .isEqualTo(200);
      assertOneWarning();
    } finally {
      SampleStores.execute(
          "alter system reset default_transaction_read_only", "select pg_reload_conf()");
    }
  }

  @Test
  void pooledConnectionsToAReadOnlyDatabaseAreDropped() throws SQLException {
    String before = SampleStores.one("select clock_timestamp()");
    SampleStores.execute(
        "alter system set default_transaction_read_only = on", "select pg_reload_conf()");
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> {
            rename();
            assertThat(SampleStores.one("select '%s' < (%s)".formatted(before, OLDEST_CONNECTION)))
                .isEqualTo("t");
          });
    } finally {
      SampleStores.execute(
          "alter system reset default_transaction_read_only", "select pg_reload_conf()");
    }
  }

  @Test
  void changedPasswordIsAnOutage() throws SQLException {
    SampleStores.execute("alter role chat_message password 'changed'", END_CONNECTIONS);
    try {
      await().atMost(Duration.ofSeconds(10)).until(() -> rename().statusCode() != 204);
      assertUnavailable(rename());
      assertOneWarning();
    } finally {
      SampleStores.execute("alter role chat_message password '" + SampleStores.password() + "'");
    }
  }

  @Test
  void endedConnectionsAreReplaced() throws SQLException {
    for (int i = 0; i < 5; i++) {
      SampleStores.execute(END_CONNECTIONS);
      Response answer = rename();
      if (answer.statusCode() != 204) {
        assertUnavailable(answer);
      }
    }
    assertThat(log.stackTraces()).isEmpty();
  }

  @Test
  void databaseWithoutFreeConnectionsIsAnOutage() throws SQLException {
    SampleStores.execute("alter role chat_message connection limit 0", END_CONNECTIONS);
    try {
      await().atMost(Duration.ofSeconds(10)).until(() -> rename().statusCode() != 204);
      assertUnavailable(rename());
      assertOneWarning();
    } finally {
      SampleStores.execute("alter role chat_message connection limit -1");
    }
  }

  private Response rename() {
    return given().auth().oauth2(SampleStores.token()).put("/samples/" + sample);
  }

  private static void assertUnavailable(Response answer) {
    answer
        .then()
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .body("type", endsWith(":unavailable"));
  }

  private void assertOneWarning() {
    for (int i = 0; i < 3; i++) {
      rename();
    }
    assertThat(log.warnings("dependency_unavailable dependency=database")).hasSize(1);
    assertThat(log.stackTraces()).isEmpty();
  }

  private void awaitRecovery() {
    await().atMost(Duration.ofSeconds(30)).until(() -> rename().statusCode() == 204);
  }

  private void awaitRecoveryWarning() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(log.warnings("dependency_available dependency=database")).hasSize(1));
  }
}
