package com.secureapprove.chat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An upstream that refuses the gateway's internal token, because of a key or a clock. The caller's
/// own token is good, so the answer is 503 and not 401.
@QuarkusTest
class RefusedTokenTest extends GatewayTest {
  private static final String LIST = "/api/chat/conversations/";

  private CapturedLog log;

  @BeforeEach
  void startLog() {
    log = new CapturedLog();
  }

  @AfterEach
  void stopLog() {
    log.close();
  }

  @Test
  void forwardedCallIsUnavailableAndTheReasonIsLoggedOnce() {
    services.refuseTokens("/api/chat/conversations?");
    for (int i = 0; i < 5; i++) {
      assertUnavailable(as("acme", "alice").get(LIST + "?limit=5"));
    }
    assertThat(log.warnings("dependency_unavailable dependency=conversation-service"))
        .containsExactly(
            "dependency_unavailable dependency=conversation-service"
                + " reason=internal token refused: token expired");
  }

  @Test
  void forwardedCallWithABodyIsUnavailable() {
    services.refuseTokens(LIST + "start");
    assertUnavailable(
        as("acme", "alice").contentType("application/json").body("{}").post(LIST + "start/"));
  }

  @Test
  void messageWithFilesIsUnavailable() {
    String path = LIST + UUID.randomUUID() + "/messages/";
    services.refuseTokens(LIST);
    assertUnavailable(as("acme", "alice").multiPart("content", "hello").post(path));
  }

  @Test
  void uploadIsUnavailable() {
    services.refuseTokens("/api/chat/attachments");
    assertUnavailable(
        as("acme", "alice")
            .multiPart("attachments", "a.bin", "x".getBytes(StandardCharsets.UTF_8))
            .post(LIST + UUID.randomUUID() + "/messages/"));
  }

  @Test
  void signInOfAPersonIsUnavailable() {
    services.refuseTokens("/internal/sign-ins");
    assertUnavailable(as("globex", "erin").get(LIST));
  }

  @Test
  void sendOverAConnectionIsUnavailable() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client alice = Client.connected("acme", "alice")) {
      services.refuseTokens("/internal/messages");
      alice.say(
          "{\"type\":\"send\",\"conversation_id\":\"%s\",\"content\":\"x\",\"client_message_id\":\"k\"}"
              .formatted(conversation));
      assertThat(alice.nextOf("error").path("code").asText()).isEqualTo("unavailable");
    }
  }

  private static void assertUnavailable(Response answer) {
    answer
        .then()
        .statusCode(503)
        .statusLine("HTTP/1.1 503 Service Unavailable")
        .header("Retry-After", equalTo("2"))
        .header("WWW-Authenticate", nullValue())
        .contentType("application/problem+json")
        .body("type", endsWith(":unavailable"));
  }
}
