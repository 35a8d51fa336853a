package com.secureapprove.chat.message;

import com.secureapprove.chat.testsupport.database.SchemaIsolationTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class MessageSchemaIsolationTest extends SchemaIsolationTest {

  MessageSchemaIsolationTest() {
    super("message", MessageStores.DATABASE);
  }
}
