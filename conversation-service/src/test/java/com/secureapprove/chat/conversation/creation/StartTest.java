package com.secureapprove.chat.conversation.creation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.conversation.ConversationCalls;
import com.secureapprove.chat.conversation.ConversationStores;
import com.secureapprove.chat.conversation.ConversationUpstreams;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
class StartTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @Test
  void aNewConversationShowsTheNameOfTheOtherPerson() {
    ConversationCalls.start("ann.first", "ben.first")
        .statusCode(201)
        .body("id", matchesPattern("[0-9a-f-]{14}7[0-9a-f-]{21}"))
        .body("title", equalTo("Ben"))
        .body("is_group", equalTo(false))
        .body("created_at", matchesPattern(TIME))
        .body("updated_at", matchesPattern(TIME))
        .body("last_message", nullValue())
        .body("unread_count", equalTo(0))
        .body("participants.id", equalTo(List.of("ann.first", "ben.first")))
        .body("participants.email", equalTo(List.of("ann@first.test", "ben@first.test")))
        .body("participants.role", equalTo(List.of("member", "member")))
        .body("participant_count", equalTo(2))
        .body("is_archived", equalTo(false))
        .body("is_muted", equalTo(false))
        .body("my_role", equalTo("member"))
        .body("last_seq", equalTo(0))
        .body("last_read_seq", nullValue());
  }

  @Test
  void startingAgainFromEitherSideReturnsTheSame() {
    String id = ConversationCalls.pair("cleo.acme", "dan.acme");

    ConversationCalls.start("cleo.acme", "dan.acme").statusCode(200).body("id", equalTo(id));
    ConversationCalls.start("dan.acme", "cleo.acme")
        .statusCode(200)
        .body("id", equalTo(id))
        .body("title", equalTo("Cleo"));
  }

  @Test
  void concurrentStartsReturnTheSameConversation() throws Exception {
    Set<String> ids = new HashSet<>();
    Set<Integer> created = new HashSet<>();
    int newOnes = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<Object>>> calls =
          IntStream.range(0, 10)
              .<Callable<List<Object>>>mapToObj(i ->
                  () -> {
                    var answer =
                        i % 2 == 0
                            ? ConversationCalls.start("eva.acme", "fred.acme")
                            : ConversationCalls.start("fred.acme", "eva.acme");
                    return List.of(answer.extract().statusCode(), answer.extract().path("id"));
                  })
              .toList();
      for (Future<List<Object>> call : threads.invokeAll(calls)) {
        newOnes += call.get().getFirst().equals(201) ? 1 : 0;
        created.add((Integer) call.get().getFirst());
        ids.add((String) call.get().getLast());
      }
    }

    assertThat(ids).hasSize(1);
    assertThat(newOnes).isEqualTo(1);
    assertThat(created).containsExactlyInAnyOrder(200, 201);
  }

  @Test
  void theMembershipIsSentToMessageServiceAndPublishedAsAnEvent() throws SQLException {
    String id = ConversationCalls.pair("gil.acme", "hal.acme");

    assertThat(ConversationUpstreams.memberships(id)).hasSize(1);
    JsonNode told = ConversationUpstreams.memberships(id).getFirst();
    assertThat(told.path("version").asLong()).isEqualTo(1);
    assertThat(told.path("participant_ids")).hasSize(2);
    assertThat(ConversationStores.events(id)).containsExactly("conversation_created");
  }

  @Test
  void startingWorksWhileMessageServiceIsDown() {
    ConversationUpstreams.messagesDown(true);
    try {
      ConversationCalls.start("ida.acme", "jo.acme")
          .statusCode(201)
          .body("unread_count", nullValue())
          .body("last_message", nullValue());
    } finally {
      ConversationUpstreams.messagesDown(false);
    }
  }

  @Test
  void startingIsUnavailableWhileTheDirectoryIsDown() {
    ConversationUpstreams.peopleDown(true);
    try {
      ConversationCalls.start("kai.acme", "lou.acme")
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", equalTo("2"));
    } finally {
      ConversationUpstreams.peopleDown(false);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nobody.globex", "gone.acme", "unheard-of", "../people", "a,b", "x y", "a\0b"})
  void inactiveAndUnknownPeopleAreNotFound(String other) {
    ConversationCalls.start("mia.acme", other)
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void anExistingConversationIsReturnedEvenIfTheOtherIsInactive() {
    String id = ConversationCalls.pair("pia.acme", "quin.acme");
    ConversationCalls.event(
        "acme",
        "quin.acme",
        2,
        new ChatEvent.UserUpserted("quin.acme", "Quin", "quin@acme.test", false));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            ConversationCalls.start(UUID.randomUUID() + ".acme", "quin.acme").statusCode(404));

    ConversationCalls.start("pia.acme", "quin.acme").statusCode(200).body("id", equalTo(id));
  }

  @Test
  void startingNeedsAnotherPerson() {
    ConversationCalls.start("mia.acme", "mia.acme").statusCode(400).body("violations", hasSize(1));
    ConversationCalls.start("mia.acme", " ").statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"participant_id\": 5}",
        "{\"participant_id\": null}",
        "{\"participant_id\": [\"ben.acme\"]}",
        "{\"participant_id\": \"ben.acme\", \"tenant\": \"x\"}"
      })
  void invalidInputIsRejected(String body) {
    ConversationCalls.of("mia.acme")
        .body(body)
        .post(ConversationCalls.CONVERSATIONS + "start/")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("error", matchesPattern(".+"));
  }

  @Test
  void rowLevelSecurityHidesOtherTenants() throws SQLException {
    ConversationCalls.pair("nan.acme", "oli.acme");
    BackingServices backing = BackingServices.shared();
    try (Connection connection =
        DriverManager.getConnection(
            backing.jdbcUrl(ConversationStores.DATABASE),
            "chat_conversation",
            backing.password("chat_conversation"))) {
      for (String table : List.of("conversation", "participant", "person")) {
        try (var rows = connection.createStatement().executeQuery("select 1 from " + table)) {
          assertThat(rows.next()).as(table).isFalse();
        }
      }
    }
  }
}
