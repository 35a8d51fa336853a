package com.secureapprove.chat.systemtests.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import com.secureapprove.chat.testsupport.websocket.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Over the WebSocket, which stays open and usable.
@ExtendWith(RunningSuite.class)
class BadFramesST {

  private static final String UNKNOWN = "01900000-0000-7000-8000-000000000000";

  private final Tenant tenant;
  private final ChatUser alice;
  private final ChatUser bob;
  private final String talk;
  private final Socket socket;

  BadFramesST(Suite suite) {
    tenant = suite.newTenant();
    alice = tenant.person("alice");
    bob = tenant.person("bob");
    talk = alice.startWith(bob);
    socket = alice.connect();
  }

  @AfterEach
  void theConnectionStaysAndNothingIsHalfDone() {
    try (socket) {
      assertThat(bob.get("conversations/" + talk + "/messages/").expect(200)).isEmpty();
      socket.say(talk, "still here", "last");
      socket.await("ack", ack -> ack.path("client_message_id").asText().equals("last"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "[]",
        "7",
        "null",
        "{}",
        "{\"type\":7}",
        "{\"type\":null}",
        "{\"type\":\"unheard_of\"}",
        "{\"type\":\"connected\"}",
        "{\"type\":\"message_created\"}",
        "{\"type\":\"ping\"}{\"type\":\"ping\"}",
        "{\"type\":\"ping\",\"type\":\"ping\"}",
        "{\"type\":\"ping\",\"unheard_of\":1}",
        "{\"type\":\"send\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"a\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"client_message_id\":\"k\"}",
        "{\"type\":\"send\",\"content\":\"a\",\"client_message_id\":\"k\"}",
        "{\"type\":\"send\",\"conversation_id\":\"nonsense\",\"content\":\"a\",\"client_message_id\":\"k\"}",
        "{\"type\":\"send\",\"conversation_id\":7,\"content\":\"a\",\"client_message_id\":\"k\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":7,\"client_message_id\":\"k\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"\",\"client_message_id\":\"k\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\" \\n\",\"client_message_id\":\"k\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"a\",\"client_message_id\":7}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"a\",\"client_message_id\":\"\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"a\\u0000\",\"client_message_id\":\"k\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"\\ud800\",\"client_message_id\":\"k\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"a\",\"client_message_id\":\"k\",\"sender_id\":\"b\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"a\",\"client_message_id\":\"k\",\"tenant\":\"acme\"}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"a\",\"client_message_id\":\"k\",\"attachment_ids\":7}",
        "{\"type\":\"send\",\"conversation_id\":\"TALK\",\"content\":\"a\",\"client_message_id\":\"k\",\"attachment_ids\":[7]}",
      })
  void aFrameThatIsNotWhatItShouldBeIsAnErrorFrame(String frame) {
    JsonNode error = socket.askText(frame.replace("TALK", talk), "error");

    assertThat(error.path("code").asText()).isEqualTo("invalid");
    assertThat(error.path("detail").asText()).isNotEmpty().doesNotContain("Exception", "com.");
  }

  @Test
  void theErrorNamesTheMessageThatItIsAbout() {
    JsonNode error = socket.ask(send(talk, "", "mine"), "error");

    assertThat(error.path("client_message_id").asText()).isEqualTo("mine");
  }

  @Test
  void contentIsAtMost5000CodePoints() {
    JsonNode error = socket.ask(send(talk, "\uD83D\uDE00".repeat(5_001), "k"), "error");

    assertThat(error.path("code").asText()).isEqualTo("invalid");
  }

  @Test
  void deepNestingAndHugeNumbersAreErrors() {
    assertThat(socket.askText("[".repeat(30_000), "error").path("code").asText())
        .isEqualTo("invalid");
    assertThat(
            socket.askText("{\"type\":" + "9".repeat(30_000) + "}", "error").path("code").asText())
        .isEqualTo("invalid");
  }

  @Test
  void anUnknownConversationIsNotThere() {
    assertThat(socket.ask(send(UNKNOWN, "a", "k"), "error").path("code").asText())
        .isEqualTo("not-found");
  }

  @Test
  void somebodyElsesConversationIsForbidden() {
    ChatUser carol = tenant.person("carol");
    try (Socket atCarol = carol.connect()) {
      assertThat(atCarol.ask(send(talk, "a", "k"), "error").path("code").asText())
          .isEqualTo("forbidden");
    }
  }

  @Test
  void anotherTenantsConversationIsNotThere() {
    ChatUser mallory = tenant.suite().newTenant().person("mallory");
    try (Socket atMallory = mallory.connect()) {
      assertThat(atMallory.ask(send(talk, "a", "k"), "error").path("code").asText())
          .isEqualTo("not-found");
    }
  }

  @Test
  void aFragmentedFrameOver64KibibytesEndsTheConnection() throws IOException {
    URI address = URI.create("ws://%s/ws/chat/".formatted(tenant.suite().baseUrl().getAuthority()));
    try (RawWebSocket other = RawWebSocket.open(address, alice.token(), 0)) {
      String part = "a".repeat(22 << 10);
      other.sendFragments(part, part, part);
      assertThat(other.closeCode()).isEqualTo(1009);
    }
  }

  private static Map<String, ?> send(String conversation, String content, String key) {
    return Map.of(
        "type", "send",
        "conversation_id", conversation,
        "content", content,
        "client_message_id", key);
  }
}
