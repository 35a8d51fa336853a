package com.secureapprove.chat.attachment;

import com.secureapprove.chat.testsupport.database.SchemaIsolationTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class AttachmentSchemaIsolationTest extends SchemaIsolationTest {

  AttachmentSchemaIsolationTest() {
    super("attachment", BackingStores.DATABASE);
  }
}
