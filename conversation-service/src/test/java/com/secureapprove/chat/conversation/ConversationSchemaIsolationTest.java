package com.secureapprove.chat.conversation;

import com.secureapprove.chat.testsupport.database.SchemaIsolationTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
class ConversationSchemaIsolationTest extends SchemaIsolationTest {

  ConversationSchemaIsolationTest() {
    super("conversation", ConversationStores.DATABASE);
  }
}
