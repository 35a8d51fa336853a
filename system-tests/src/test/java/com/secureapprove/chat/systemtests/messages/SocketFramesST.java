package com.secureapprove.chat.systemtests.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.Person;
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

/// What clients say and hear on the WebSocket besides messages.
@ExtendWith(RunningSuite.class)
class SocketFramesST {

  private final Suite suite;
  private final Person alice;
  private final Person bob;
  private final String talk;

  SocketFramesST(Suite suite) {
    this.suite = suite;
    Tenant tenant = suite.newTenant();
    List<Person> people = tenant.people("alice", "bob");
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
}
