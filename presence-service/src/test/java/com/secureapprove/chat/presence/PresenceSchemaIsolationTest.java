package com.secureapprove.chat.presence;

import com.secureapprove.chat.testsupport.database.SchemaIsolationTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
class PresenceSchemaIsolationTest extends SchemaIsolationTest {

  PresenceSchemaIsolationTest() {
    super("presence", PresenceStores.DATABASE);
  }
}
