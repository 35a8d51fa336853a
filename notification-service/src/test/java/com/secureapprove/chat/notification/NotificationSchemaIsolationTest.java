package com.secureapprove.chat.notification;

import com.secureapprove.chat.testsupport.database.SchemaIsolationTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class NotificationSchemaIsolationTest extends SchemaIsolationTest {

  NotificationSchemaIsolationTest() {
    super("notification", NotificationStores.DATABASE);
  }
}
