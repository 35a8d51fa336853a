package com.secureapprove.chat.systemtests.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Frames of the WebSocket other than messages.
@ExtendWith(RunningSuite.class)
class SocketFramesST {

  private final Suite suite;
  private final ChatUser alice;
  private final ChatUser bob;
  private final String talk;

  SocketFramesST(Suite suite) {
    this.suite = suite;
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob");
    alice = people.get(0);
    bob = people.get(1);
    talk = alice.startWith(bob);
  }

  @Test
  void theGreetingSaysWhoOneIsAndWhereOneStands() {
    try (Socket socket = alice.connect()) {
      JsonNode greeting = socket.frames().getFirst();
      assertThat(greeting.path("type").asText()).isEqualTo("connected");
      assertThat(greeting.path("user_id").asText()).isEqualTo(alice.id());
      assertThat(greeting.path("message").asText()).isEqualTo("Connected to chat");
      assertThat(greeting.path("session_id").asText()).isNotEmpty();
      assertThat(greeting.path("event_id").asText()).isNotEmpty();
      assertThat(greeting.path("ping_interval_s").asInt()).isEqualTo(30);
    }
  }

  @Test
  void aClientMaySayUpToWhereItHasReceived() {
    try (Socket atAlice = alice.connect();
        Socket atBob = bob.connect()) {
      String id = bob.say(talk, "received?").path("id").asText();
      atAlice.await("message_created");
      atAlice.send(Map.of("type", "delivered", "conversation_id", talk, "up_to", id));
      JsonNode told = atBob.await("message_status");
      assertThat(told.path("messages").path(0).path("id").asText()).isEqualTo(id);
      assertThat(told.path("messages").path(0).path("status").asText()).isEqualTo("delivered");
      assertThat(atAlice.frames("error")).isEmpty();
    }
  }

  @Test
  void aTokenMayComeInTheSubProtocol() {
    String carried =
        URLEncoder.encode(
                "quarkus-http-upgrade#Authorization#Bearer " + alice.token(),
                StandardCharsets.UTF_8)
            .replace("+", "%20");
    try (Socket socket = Socket.open(suite, "", Map.of(), "chat.v1", carried)) {
      assertThat(socket.await("connected").path("user_id").asText()).isEqualTo(alice.id());
    }
  }

  @Test
  void durableEventsCarryWhereTheyStandAndPongTellsTheLatest() {
    try (Socket atBob = bob.connect()) {
      String before = atBob.ping();
      alice.say(talk, "hello");
      String event = atBob.await("message_created").path("event_id").asText();
      assertThat(event).isNotEmpty().isNotEqualTo(before);
    }
  }

  @Test
  void typingOnTheSocketIsShownToTheOthersOnly() {
    try (Socket atAlice = alice.connect();
        Socket atBob = bob.connect()) {
      atAlice.send(Map.of("type", "typing", "conversation_id", talk));
      assertThat(atBob.await("typing").path("user_id").asText()).isEqualTo(alice.id());
      atAlice.ping();
      assertThat(atAlice.frames("typing")).isEmpty();
      assertThat(atAlice.frames("error")).isEmpty();
    }
  }

  @Test
  void readingOnTheSocketIsReading() {
    String id = alice.say(talk, "read me").path("id").asText();
    try (Socket atAlice = alice.connect();
        Socket atBob = bob.connect()) {
      atBob.send(Map.of("type", "mark_read", "conversation_id", talk, "up_to", id));
      atAlice.await("message_status", frame -> has(frame, id, "read"));
      assertThat(atBob.frames("error")).isEmpty();
    }
  }

  @Test
  void someoneElsesConversationCanBeNeitherReadNorTypedIn() {
    ChatUser mallory = suite.newTenant().person("mallory");
    String id = alice.say(talk, "private").path("id").asText();
    try (Socket atMallory = mallory.connect();
        Socket atAlice = alice.connect()) {
      JsonNode refused =
          atMallory.ask(Map.of("type", "mark_read", "conversation_id", talk, "up_to", id), "error");
      assertThat(refused.path("code").asText()).isEqualTo("not-found");
      atMallory.send(Map.of("type", "typing", "conversation_id", talk));
      atMallory.ping();
      bob.say(talk, "later");
      atAlice.await("message_created");
      assertThat(atAlice.frames("typing")).isEmpty();
    }
  }

  @Test
  void aFreshTokenKeepsTheConnectionAndAnotherPersonsEndsIt() {
    try (Socket socket = alice.connect()) {
      socket.send(Map.of("type", "auth", "token", alice.freshToken()));
      socket.ping();
      assertThat(socket.frames("error")).isEmpty();
      socket.send(Map.of("type", "auth", "token", bob.freshToken()));
      assertThat(socket.awaitClose()).isEqualTo(4401);
    }
  }

  private static boolean has(JsonNode frame, String id, String status) {
    for (JsonNode each : frame.path("messages")) {
      if (each.path("id").asText().equals(id) && each.path("status").asText().equals(status)) {
        return true;
      }
    }
    return false;
  }
}
