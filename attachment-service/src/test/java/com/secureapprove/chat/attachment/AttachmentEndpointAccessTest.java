package com.secureapprove.chat.attachment;

import com.secureapprove.chat.testsupport.access.EndpointAccessTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;

@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class AttachmentEndpointAccessTest extends EndpointAccessTest {

  @Override
  protected String service() {
    return "attachment";
  }

  @Override
  protected URI address() {
    return URI.create("http://localhost:" + RestAssured.port);
  }
}
