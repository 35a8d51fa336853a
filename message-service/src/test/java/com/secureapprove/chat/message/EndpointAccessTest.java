package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.testsupport.access.EndpointAccess;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class EndpointAccessTest {

  @Test
  void everyEndpointNamesItsCallersAndRefusesAllOthers() {
    EndpointAccess access = access();
    assertThat(access.endpoints()).isNotEmpty();
    assertThat(access.withoutNamedCallers()).isEmpty();
    assertThat(access.wronglyAllowed()).isEmpty();
  }

  /// The key of attachment-service cannot read messages, nor send any.
  @Test
  void theKeyOfAttachmentServiceReadsNoHistory() {
    assertThat(access().endpoints())
        .filteredOn(
            endpoint -> endpoint.roles().stream().anyMatch(role -> role.endsWith(":attachment")))
        .extracting(EndpointAccess.Endpoint::path)
        .containsExactly("/internal/message-keys/");
  }

  private static EndpointAccess access() {
    return EndpointAccess.of(
        "message",
        "com.secureapprove.chat.message",
        URI.create("http://localhost:" + RestAssured.port));
  }
}
