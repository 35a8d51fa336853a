package com.secureapprove.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.testsupport.access.EndpointAccess;
import com.secureapprove.chat.testsupport.access.EndpointAccessTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MessageStores.class)
class MessageEndpointAccessTest extends EndpointAccessTest {

  /// The key of attachment-service cannot read messages, nor send any.
  @Test
  void theKeyOfAttachmentServiceReadsNoHistory() {
    assertThat(access().endpoints())
        .filteredOn(
            endpoint -> endpoint.roles().stream().anyMatch(role -> role.endsWith(":attachment")))
        .extracting(EndpointAccess.Endpoint::path)
        .containsExactly("/internal/message-keys/");
  }

  @Override
  protected String service() {
    return "message";
  }

  @Override
  protected URI address() {
    return URI.create("http://localhost:" + RestAssured.port);
  }
}
