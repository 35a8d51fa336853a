package com.secureapprove.chat.serviceplatform.database;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.secureapprove.chat.serviceplatform.SampleStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// After a rollback, the older release finds migrations in its schema that it does not know.
@QuarkusTest
@QuarkusTestResource(SampleStores.class)
class NewerSchemaTest {
  @Inject Flyway flyway;

  @AfterEach
  void removeTheNewerRelease() throws SQLException {
    SampleStores.execute("delete from flyway_schema_history where script like '%newer%'");
  }

  @Test
  void startsOnTheSchemaOfANewerRelease() throws SQLException {
    SampleStores.execute(
        """
        insert into flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time,
           success)
        values (9001, '9001', 'newer', 'SQL', 'V9001__newer.sql', 1, 'x', 1, true),
               (9002, null, 'newer view', 'SQL', 'R__newer_view.sql', 2, 'x', 1, true)
        """);
    assertThatCode(flyway::migrate).doesNotThrowAnyException();
  }
}
