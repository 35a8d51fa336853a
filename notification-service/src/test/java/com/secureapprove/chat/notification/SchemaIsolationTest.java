package com.secureapprove.chat.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.testsupport.database.SchemaIsolation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// The schema that the migrations create isolates tenants. Without any one policy, flag, grant or
/// role attribute, the check fails.
@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class SchemaIsolationTest {

  @Test
  void tenantsAreIsolatedAndTheServiceHasNoFurtherPrivileges() throws Exception {
    try (SchemaIsolation schema = SchemaIsolation.of("notification", NotificationStores.DATABASE)) {
      assertThat(schema.faults()).isEmpty();
    }
  }

  @Test
  void theRemovalOfEachProtectionIsNoticed() throws Exception {
    try (SchemaIsolation schema = SchemaIsolation.of("notification", NotificationStores.DATABASE)) {
      assertThat(schema.unnoticedRemovals()).isEmpty();
    }
  }
}
