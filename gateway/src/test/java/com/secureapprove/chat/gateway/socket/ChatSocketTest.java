package com.secureapprove.chat.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.RawSockets;
import com.secureapprove.chat.gateway.UpstreamStubs;
import com.secureapprove.chat.gateway.connection.CloseCause;
import com.secureapprove.chat.gateway.connection.OpenConnections;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import com.secureapprove.chat.testsupport.websocket.RawWebSocket;
import com.secureapprove.chat.testsupport.websocket.UpgradeRefused;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ChatSocketTest extends GatewayTest {
  @Inject OpenConnections connections;

  @Test
  void aClientIsGreetedAndAnswered() {
    try (Client alice = Client.open(Client.builder(), "Bearer " + Client.token("acme", "alice"))) {
      JsonNode greeting = alice.next();
      assertThat(greeting.path("type").asText()).isEqualTo("connected");
      assertThat(greeting.path("user_id").asText()).isEqualTo("id-of-alice");
      assertThat(greeting.path("message").asText()).isEqualTo("Connected to chat");
      assertThat(greeting.path("session_id").asText()).hasSize(36);
      assertThat(greeting.path("ping_interval_s").asInt()).isEqualTo(30);
      assertThat(greeting.path("event_id").asText()).isNotEmpty();
      assertThat(alice.nothingButPong().path("event_id").asText()).isNotEmpty();
    }
  }

  @Test
  void aBrowserSendsItsTokenAsASubprotocol() {
    try (Client alice =
        Client.openLikeABrowser(Client.token("acme", "alice"), "https://host.example")) {
      assertThat(alice.next().path("type").asText()).isEqualTo("connected");
      assertThat(alice.protocol()).isEqualTo("chat.v1");
    }
  }

  @Test
  void badCredentialsAreAcceptedAndClosed() {
    assertThat(Client.open("/ws/chat", Client.builder()).closeCode()).isEqualTo(4401);
    assertThat(Client.open(Client.builder(), "Bearer nonsense").closeCode()).isEqualTo(4401);
    String token = Client.token("acme", "alice");
    assertThat(Client.open(Client.builder(), "Bearer " + token + "x").closeCode()).isEqualTo(4401);
    assertThat(Client.openLikeABrowser("a.b.c", Client.origin()).closeCode()).isEqualTo(4401);
  }

  @Test
  void aSocketForAnotherPersonThanThatOfTheCredentialsIsClosed() {
    String bearer = "Bearer " + Client.token("acme", "alice");
    assertThat(
            Client.open(
                    "/ws/chat/?user_id=id-of-bob", Client.builder().header("Authorization", bearer))
                .closeCode())
        .isEqualTo(4401);
    try (Client alice =
        Client.open(
            "/ws/chat/?user_id=id-of-alice", Client.builder().header("Authorization", bearer))) {
      assertThat(alice.next().path("type").asText()).isEqualTo("connected");
    }
  }

  @Test
  void aPersonUnknownToTheDirectoryIsClosed() {
    services.unknown("frank");
    assertThat(
            Client.open(Client.builder(), "Bearer " + Client.token("globex", "frank")).closeCode())
        .isEqualTo(4403);
  }

  @Test
  void aForeignOriginIsRefusedAtTheUpgrade() {
    String bearer = "Bearer " + Client.token("acme", "alice");
    refused(() -> Client.open(Client.builder().header("Origin", "https://evil.example"), bearer));
    refused(() -> Client.open(Client.builder().header("Origin", "null"), bearer));
    refused(() -> Client.open("/ws/chat/", Client.builder().header("Cookie", "q_session_acme=x")));
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable open) {
    assertThatThrownBy(open)
        .isInstanceOfSatisfying(
            UpgradeRefused.class, refused -> assertThat(refused.status()).isEqualTo(403));
  }

  @Test
  void aSendIsAcknowledgedWithItsMessage() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client alice = Client.connected("acme", "alice")) {
      alice.say(send(conversation, "hello", "k1"));
      JsonNode ack = alice.next();
      assertThat(ack.path("type").asText()).isEqualTo("ack");
      assertThat(ack.path("client_message_id").asText()).isEqualTo("k1");
      assertThat(ack.path("message").path("content").asText()).isEqualTo("hello");
      UpstreamStubs.Call call = services.calls("/internal/messages").getLast();
      assertThat(call.body()).contains("\"sender_id\":\"id-of-alice\"");
    }
  }

  /// One call serves the sends of several people, and none of them may have the trace of another.
  @Test
  void everySendHasItsOwnTraceId() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client alice = Client.connected("acme", "alice")) {
      alice.say(send(conversation, "one", "k1"));
      alice.next();
      alice.say(send(conversation, "two", "k2"));
      alice.next();
    }
    Pattern trace = Pattern.compile("\"trace\":\"([0-9a-f]{32})\"");
    assertThat(services.calls("/internal/messages"))
        .flatMap(call -> trace.matcher(call.body()).results().map(found -> found.group(1)).toList())
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void aRefusedSendIsAnErrorAndTheConnectionStays() {
    UUID conversation = services.conversation(1, "bob");
    try (Client alice = Client.connected("acme", "alice")) {
      alice.say(send(conversation, "hello", "k1"));
      JsonNode error = alice.next();
      assertThat(error.path("type").asText()).isEqualTo("error");
      assertThat(error.path("code").asText()).isEqualTo("not-found");
      assertThat(error.path("client_message_id").asText()).isEqualTo("k1");
      alice.nothingButPong();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c328", "eda080", "f4908080", "c0af", "e282"})
  void invalidUtf8ClosesWith1007(String hex) throws IOException {
    byte[] invalid = HexFormat.of().parseHex(hex);
    byte[] head = "{\"type\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
    String token = Client.token("acme", "alice");
    try (RawWebSocket whole = RawSockets.open(token, 0);
        RawWebSocket fragmented = RawSockets.open(token, 0)) {
      whole.sendFragments(invalid);
      assertThat(whole.closeCode()).isEqualTo(1007);
      fragmented.sendFragments(head, invalid);
      assertThat(fragmented.closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void aCharacterMayBeSplitOverFragments() throws IOException {
    byte[] frame = "{\"type\":\"päng\"}".getBytes(StandardCharsets.UTF_8);
    int middle = new String(frame, StandardCharsets.ISO_8859_1).indexOf('\u00C3') + 1;
    try (RawWebSocket alice = RawSockets.open(Client.token("acme", "alice"), 0)) {
      alice.sendFragments(
          Arrays.copyOf(frame, middle), Arrays.copyOfRange(frame, middle, frame.length));
      assertThat(alice.nextText()).contains("connected");
      assertThat(alice.nextText()).contains("type: unknown");
    }
  }

  @Test
  void anInvalidFrameIsAnErrorAndTheConnectionStays() {
    try (Client alice = Client.connected("acme", "alice")) {
      for (String frame :
          new String[] {
            "",
            "nonsense",
            "[]",
            "{}",
            "{\"type\":\"dance\"}",
            "{\"type\":1}",
            "\"ping\"",
            "{\"type\":\"ping\",\"extra\":1}",
            "{\"type\":\"ping\"} {}",
            "[".repeat(2000),
            "{\"type\":\"send\"}",
            "{\"type\":\"ping\",\"type\":\"ping\"}",
            send(UUID.randomUUID(), "x".repeat(5001), "k"),
            send(UUID.randomUUID(), "nul \\u0000", "k"),
            send(UUID.randomUUID(), "half \\ud800", "k"),
            send(UUID.randomUUID(), "x", "k".repeat(129)),
            send(UUID.randomUUID(), "x", "")
          }) {
        alice.say(frame);
        JsonNode error = alice.next();
        assertThat(error.path("type").asText()).as(frame).isEqualTo("error");
        assertThat(error.path("code").asText()).isEqualTo("invalid");
      }
      alice.nothingButPong();
      assertThat(services.calls("/internal/messages")).isEmpty();
    }
  }

  @Test
  void aFragmentedFrameIsOneFrame() throws IOException {
    try (RawWebSocket alice = RawSockets.open(Client.token("acme", "alice"), 0)) {
      assertThat(alice.nextText()).contains("\"type\":\"connected\"");
      alice.sendFragments("{\"type\":", "\"ping\"}");
      assertThat(alice.nextText()).contains("\"type\":\"pong\"");
    }
  }

  @Test
  void aFragmentedFrameThatIsTooBigClosesTheConnection() throws IOException {
    try (RawWebSocket alice = RawSockets.open(Client.token("acme", "alice"), 0)) {
      String part = "x".repeat(40_000);
      alice.sendFragments(part, part);
      assertThat(alice.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void aBinaryFrameClosesTheConnection() {
    try (Client alice = Client.connected("acme", "alice")) {
      alice.sayBytes(new byte[] {1, 2, 3});
      assertThat(alice.closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void acksComeInTheOrderOfTheSends() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client alice = Client.connected("acme", "alice")) {
      for (int i = 0; i < 50; i++) {
        alice.say(send(conversation, "message " + i, "key-" + i));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(alice.nextOf("ack").path("client_message_id").asText()).isEqualTo("key-" + i);
      }
    }
  }

  @Test
  void anExpiredTokenClosesTheConnectionUnlessANewOneWasSent() {
    try (Client alice = Client.connected("acme", "alice");
        Client bob = Client.connected("acme", "bob")) {
      expireTokensSoon();
      bob.say(auth(Client.token("acme", "bob")));
      assertThat(alice.closeCode()).isEqualTo(4401);
      bob.nothingButPong();
    }
  }

  /// Makes the credentials of all connections expire in half a second.
  private void expireTokensSoon() {
    connections.closeAll(
        connection -> {
          connection.renew(Instant.now().plusMillis(500));
          return false;
        },
        CloseCause.CREDENTIALS_ENDED);
  }

  @Test
  void onlyANewTokenOfTheSamePersonIsAccepted() {
    try (Client alice = Client.connected("acme", "alice")) {
      alice.say(auth(BackingServices.shared().keycloak().token("acme", "alice")));
      alice.nothingButPong();
      alice.say(auth(Client.token("acme", "bob")));
      assertThat(alice.closeCode()).isEqualTo(4401);
    }
    try (Client alice = Client.connected("acme", "alice")) {
      alice.say(auth(Client.token("globex", "dave")));
      assertThat(alice.closeCode()).isEqualTo(4401);
    }
    try (Client alice = Client.connected("acme", "alice")) {
      alice.say(auth(Client.token("acme", "alice") + "x"));
      assertThat(alice.closeCode()).isEqualTo(4401);
    }
    try (Client alice = Client.connected("acme", "alice")) {
      alice.say(auth("nonsense"));
      assertThat(alice.closeCode()).isEqualTo(4401);
    }
  }

  private static String auth(String token) {
    return "{\"type\":\"auth\",\"token\":\"" + token + "\"}";
  }

  private static String send(UUID conversation, String content, String key) {
    return "{\"type\":\"send\",\"conversation_id\":\"%s\",\"content\":\"%s\",\"client_message_id\":\"%s\"}"
        .formatted(conversation, content, key);
  }
}
