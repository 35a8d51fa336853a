package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.testsupport.database.SchemaIsolation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/// The schema that the migrations create isolates tenants. Without any one policy, flag, grant or
/// role attribute, the check fails.
@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class SchemaIsolationTest {

  @Test
  void tenantsAreIsolatedAndTheServiceHasNoFurtherPrivileges() throws Exception {
    try (SchemaIsolation schema = SchemaIsolation.of("message", MessageStores.DATABASE)) {
      assertThat(schema.faults()).isEmpty();
    }
  }

  @Test
  void theRemovalOfEachProtectionIsNoticed() throws Exception {
    try (SchemaIsolation schema = SchemaIsolation.of("message", MessageStores.DATABASE)) {
      assertThat(schema.unnoticedRemovals()).isEmpty();
    }
  }
}
