package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A release that is rolled back finds migrations in its schema that it does not know.
@QuarkusTest
@QuarkusTestResource(RealStores.class)
class RollbackTest {
  @Inject Flyway flyway;

  @AfterEach
  void forgetTheNewerRelease() {
    PagesRead.sql("delete from message.flyway_schema_history where script like '%newer%'");
  }

  @Test
  void startsOnTheSchemaOfANewerRelease() {
    PagesRead.sql(
        """
        insert into message.flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time,
           success)
        values (9001, '9001', 'newer', 'SQL', 'V9001__newer.sql', 1, 'x', 1, true),
               (9002, null, 'newer view', 'SQL', 'R__newer_view.sql', 2, 'x', 1, true)
        """);
    assertThatCode(flyway::migrate).doesNotThrowAnyException();
  }
}
