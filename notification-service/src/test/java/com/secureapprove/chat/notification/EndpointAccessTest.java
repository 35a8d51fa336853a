package com.secureapprove.chat.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.testsupport.access.EndpointAccess;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class EndpointAccessTest {

  @Test
  void everyEndpointNamesItsCallersAndRefusesAllOthers() {
    EndpointAccess access = access();
    assertThat(access.endpoints()).isNotEmpty();
    assertThat(access.withoutNamedCallers()).isEmpty();
    assertThat(access.wronglyAllowed()).isEmpty();
  }

  private static EndpointAccess access() {
    return EndpointAccess.of(
        "notification",
        "com.secureapprove.chat.notification",
        URI.create("http://localhost:" + RestAssured.port));
  }
}
