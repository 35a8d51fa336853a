package com.secureapprove.chat.conversation.creation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.conversation.BackingStores;
import com.secureapprove.chat.conversation.Calls;
import com.secureapprove.chat.conversation.StubServices;
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
@QuarkusTestResource(BackingStores.class)
class StartTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @Test
  void aNewConversationShowsTheNameOfTheOtherPerson() {
    Calls.start("ann.first", "ben.first")
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
    String id = Calls.pair("cleo.acme", "dan.acme");

    Calls.start("cleo.acme", "dan.acme").statusCode(200).body("id", equalTo(id));
    Calls.start("dan.acme", "cleo.acme")
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
                            ? Calls.start("eva.acme", "fred.acme")
                            : Calls.start("fred.acme", "eva.acme");
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
    String id = Calls.pair("gil.acme", "hal.acme");

    assertThat(StubServices.memberships(id)).hasSize(1);
    JsonNode told = StubServices.memberships(id).getFirst();
    assertThat(told.path("version").asLong()).isEqualTo(1);
    assertThat(told.path("participant_ids")).hasSize(2);
    assertThat(BackingStores.events(id)).containsExactly("conversation_created");
  }

  @Test
  void startingWorksWhileMessageServiceIsDown() {
    StubServices.messagesDown(true);
    try {
      Calls.start("ida.acme", "jo.acme")
          .statusCode(201)
          .body("unread_count", nullValue())
          .body("last_message", nullValue());
    } finally {
      StubServices.messagesDown(false);
    }
  }

  @Test
  void startingIsUnavailableWhileTheDirectoryIsDown() {
    StubServices.peopleDown(true);
    try {
      Calls.start("kai.acme", "lou.acme")
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", equalTo("2"));
    } finally {
      StubServices.peopleDown(false);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nobody.globex", "gone.acme", "unheard-of", "../people", "a,b", "x y", "a\0b"})
  void inactiveAndUnknownPeopleAreNotFound(String other) {
    Calls.start("mia.acme", other).statusCode(404).contentType("application/problem+json");
  }

  @Test
  void anExistingConversationIsReturnedEvenIfTheOtherIsInactive() {
    String id = Calls.pair("pia.acme", "quin.acme");
    Calls.event(
        "acme",
        "quin.acme",
        2,
        new ChatEvent.UserUpserted("quin.acme", "Quin", "quin@acme.test", false));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> Calls.start(UUID.randomUUID() + ".acme", "quin.acme").statusCode(404));

    Calls.start("pia.acme", "quin.acme").statusCode(200).body("id", equalTo(id));
  }

  @Test
  void startingNeedsAnotherPerson() {
    Calls.start("mia.acme", "mia.acme").statusCode(400).body("violations", hasSize(1));
    Calls.start("mia.acme", " ").statusCode(400);
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
    Calls.of("mia.acme")
        .body(body)
        .post(Calls.CONVERSATIONS + "start/")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("error", matchesPattern(".+"));
  }

  @Test
  void rowLevelSecurityHidesOtherTenants() throws SQLException {
    Calls.pair("nan.acme", "oli.acme");
    BackingServices backing = BackingServices.shared();
    try (Connection connection =
        DriverManager.getConnection(
            backing.jdbcUrl(BackingStores.DATABASE),
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
