package com.secureapprove.chat.serviceplatform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.serviceplatform.SampleStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A pod of a newer release starts while the Job still migrates.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class AwaitedMigrationsTest {
  private static final String SAMPLE = "version = '2'";

  @Inject AwaitedMigrations migrations;

  @AfterEach
  void migrate() throws SQLException {
    SampleStores.execute(
        "drop table if exists hidden_history",
        "grant select on flyway_schema_history to chat_" + SampleStores.PART);
  }

  @Test
  void nothingIsMissingAfterTheMigration() {
    assertThat(migrations.missing()).isEmpty();
  }

  @Test
  void theStartWaitsUntilTheLastMigrationIsApplied() throws Exception {
    SampleStores.execute(
        "create table hidden_history as select * from flyway_schema_history where " + SAMPLE,
        "delete from flyway_schema_history where " + SAMPLE);
    CompletableFuture<Void> start;
    try {
      assertThat(migrations.missing()).isEqualTo("2");
      start = CompletableFuture.runAsync(migrations::await);
      assertThat(start).isNotDone();
    } finally {
      SampleStores.execute("insert into flyway_schema_history select * from hidden_history");
    }

    start.get(20, TimeUnit.SECONDS);
  }

  /// Releases before the one that grants the right leave the history unreadable.
  @Test
  void anUnreadableHistoryNamesTheReason() throws SQLException {
    SampleStores.execute("revoke select on flyway_schema_history from chat_" + SampleStores.PART);

    assertThat(migrations.missing()).contains("permission denied");
  }
}
