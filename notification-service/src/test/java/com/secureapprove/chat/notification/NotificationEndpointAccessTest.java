package com.secureapprove.chat.notification;

import com.secureapprove.chat.testsupport.access.EndpointAccessTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;

@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class NotificationEndpointAccessTest extends EndpointAccessTest {

  @Override
  protected String service() {
    return "notification";
  }

  @Override
  protected URI address() {
    return URI.create("http://localhost:" + RestAssured.port);
  }
}
