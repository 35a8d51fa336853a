package com.secureapprove.chat.presence;

import com.secureapprove.chat.testsupport.access.EndpointAccessTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;

@QuarkusTest
@QuarkusTestResource(PresenceStores.class)
class PresenceEndpointAccessTest extends EndpointAccessTest {

  @Override
  protected String service() {
    return "presence";
  }

  @Override
  protected URI address() {
    return URI.create("http://localhost:" + RestAssured.port);
  }
}
