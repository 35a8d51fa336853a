package com.secureapprove.chat.conversation;

import com.secureapprove.chat.testsupport.access.EndpointAccessTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;

@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
class ConversationEndpointAccessTest extends EndpointAccessTest {

  @Override
  protected String service() {
    return "conversation";
  }

  @Override
  protected URI address() {
    return URI.create("http://localhost:" + RestAssured.port);
  }
}
