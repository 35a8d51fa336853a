package com.secureapprove.chat.testsupport.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The schema that the migrations of a service create isolates tenants. Without any one policy,
/// flag, grant or role attribute, the check fails. Each service has a subclass.
public abstract class SchemaIsolationTest {
  private final String service;
  private final String database;

  /// @param database the database with the migrations of the service
  protected SchemaIsolationTest(String service, String database) {
    this.service = service;
    this.database = database;
  }

  @Test
  void tenantsAreIsolatedAndTheServiceHasNoFurtherPrivileges() throws Exception {
    try (SchemaIsolation schema = SchemaIsolation.of(service, database)) {
      assertThat(schema.faults()).isEmpty();
    }
  }

  @Test
  void theRemovalOfEachProtectionIsNoticed() throws Exception {
    try (SchemaIsolation schema = SchemaIsolation.of(service, database)) {
      assertThat(schema.unnoticedRemovals()).isEmpty();
    }
  }
}
