package com.secureapprove.chat.conversation.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.conversation.ConversationCalls;
import com.secureapprove.chat.conversation.ConversationStores;
import com.secureapprove.chat.conversation.ConversationUpstreams;
import com.secureapprove.chat.serviceplatform.audit.AuditLog;
import com.secureapprove.chat.testsupport.log.CapturedLog;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
class GroupsTest {

  @Test
  void theCreatorIsAParticipantAndTheOwner() {
    ConversationCalls.of("ann.acme")
        .body(Map.of("participant_ids", List.of("ben.acme", "ann.acme", "ben.acme", "cleo.acme")))
        .post(ConversationCalls.CONVERSATIONS + "start_group/")
        .then()
        .statusCode(201)
        .body("is_group", equalTo(true))
        .body("title", equalTo("Ben, Cleo"))
        .body("my_role", equalTo("owner"))
        .body("participant_count", equalTo(3))
        .body("participants.role", containsInAnyOrder("owner", "member", "member"));
  }

  @Test
  void theTraceOfARequestFollowsItsCallsAndItsEvent() throws SQLException {
    String trace = UUID.randomUUID().toString().replace("-", "");
    String id =
        ConversationCalls.of("ann.acme")
            .header("X-Request-Id", trace)
            .body(Map.of("participant_ids", List.of(trace + ".acme")))
            .post(ConversationCalls.CONVERSATIONS + "start_group/")
            .then()
            .statusCode(201)
            .extract()
            .path("id");

    assertThat(ConversationUpstreams.traces()).contains(trace);
    assertThat(ConversationStores.events(id, "trace")).containsExactly(trace);
  }

  @Test
  void committedChangesAreInTheAuditLogWithTheirActorAndWithoutText() {
    try (CapturedLog log = CapturedLog.of(AuditLog.CATEGORY)) {
      String id = ConversationCalls.group("ann.acme", "ben.acme");
      ConversationCalls.of("ben.acme")
          .body(Map.of("title", "Salaries"))
          .patch(ConversationCalls.CONVERSATIONS + id + "/update_title/")
          .then()
          .statusCode(403);
      ConversationCalls.of("ann.acme")
          .body(Map.of("title", "Salaries"))
          .patch(ConversationCalls.CONVERSATIONS + id + "/update_title/")
          .then()
          .statusCode(200);
      ConversationCalls.of("ann.acme")
          .body(Map.of("participant_id", "ben.acme"))
          .post(ConversationCalls.CONVERSATIONS + id + "/remove_participant/")
          .then()
          .statusCode(200);

      assertThat(log.lines(""))
          .filteredOn(line -> line.contains(id))
          .containsExactly(
              "conversation_created tenant=acme actor=ann.acme conversation="
                  + id
                  + " group=true people=ann.acme,ben.acme",
              "conversation_updated tenant=acme actor=ann.acme conversation=" + id,
              "participant_removed tenant=acme actor=ann.acme conversation="
                  + id
                  + " people=ben.acme");
    }
  }

  @Test
  void aGroupWithoutTitleShowsThreeNamesAndTheNumberOfOthers() {
    String id =
        ConversationCalls.group("ann.acme", "b.acme", "c.acme", "d.acme", "e.acme", "f.acme");

    view("ann.acme", id).body("title", equalTo("B, C, D +2 more"));
    view("c.acme", id).body("title", equalTo("Ann, B, D +2 more"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|400",
        "{\"participant_ids\": []}|400",
        "{\"participant_ids\": [\"ann.acme\"]}|400",
        "{\"participant_ids\": [\"\"]}|400",
        "{\"participant_ids\": [null]}|400",
        "{\"participant_ids\": \"ben.acme\"}|400",
        "{\"participant_ids\": [5]}|400",
        "{\"participant_ids\": [\"ben.acme\"], \"title\": 5}|400",
        "{\"participant_ids\": [\"ben.acme\"], \"title\": \"a\\u0000b\"}|400",
        "{\"participant_ids\": [\"ben.acme\"], \"title\": \"\\ud800\"}|400",
        "{\"participant_ids\": [\"ben.acme\"], \"owner\": \"x\"}|400",
        "{\"participant_ids\": [\"ben.acme\", \"dave.globex\"]}|404",
        "{\"participant_ids\": [\"gone.acme\"]}|404"
      })
  void invalidGroupsAreRejected(String body, int status) {
    ConversationCalls.of("ann.acme")
        .body(body)
        .post(ConversationCalls.CONVERSATIONS + "start_group/")
        .then()
        .statusCode(status)
        .contentType("application/problem+json");
  }

  @Test
  void theRejectionNamesThePersonOfAnotherTenant() {
    ConversationCalls.of("ann.acme")
        .body(Map.of("participant_ids", List.of("ben.acme", "dave.globex")))
        .post(ConversationCalls.CONVERSATIONS + "start_group/")
        .then()
        .statusCode(404)
        .body("error", org.hamcrest.Matchers.containsString("dave.globex"));
  }

  @Test
  void anyMemberMayAddAndKnownOrUnknownPeopleAreIgnored() {
    String id = ConversationCalls.group("ann.acme", "ben.acme");

    add("ben.acme", id, "ann.acme", "cleo.acme", "dave.globex", "gone.acme", "dan.acme")
        .statusCode(200)
        .body("added_participants.id", containsInAnyOrder("cleo.acme", "dan.acme"))
        .body("conversation.participant_count", equalTo(4));

    add("ben.acme", id, "cleo.acme").statusCode(200).body("added_participants", hasSize(0));
    view("cleo.acme", id).body("my_role", equalTo("member"));
    JsonNode told = ConversationUpstreams.memberships(id).getLast();
    assertThat(told.path("version").asInt()).isEqualTo(2);
    assertThat(told.path("participant_ids")).hasSize(4);
  }

  @Test
  void everyParticipantMayLeaveAndLosesAccess() {
    String id = ConversationCalls.group("ann.acme", "ben.acme", "cleo.acme");

    remove("ben.acme", id, "ben.acme")
        .statusCode(200)
        .body("removed_participant.id", equalTo("ben.acme"))
        .body("conversation.participants.id", not(hasItem("ben.acme")))
        .body("conversation.my_role", nullValue());

    view("ben.acme", id).statusCode(403);
    ConversationCalls.of("ben.acme")
        .get(ConversationCalls.CONVERSATIONS)
        .then()
        .body("id", not(hasItem(id)));
  }

  @Test
  void removingOthersNeedsARoleAndTheOwnerCannotBeRemoved() {
    String id = ConversationCalls.group("ann.acme", "ben.acme", "cleo.acme", "dan.acme");

    remove("ben.acme", id, "cleo.acme").statusCode(403);
    role("ann.acme", id, "ben.acme", "admin").statusCode(200);
    remove("ben.acme", id, "ann.acme").statusCode(403);
    remove("ben.acme", id, "cleo.acme")
        .statusCode(200)
        .body("removed_participant.name", equalTo("Cleo"));
    remove("ben.acme", id, "cleo.acme").statusCode(404);
    remove("cleo.acme", id, "cleo.acme").statusCode(403);
  }

  @Test
  void theEarliestAdminElseTheEarliestMemberBecomesTheOwner() {
    String id = ConversationCalls.group("ann.acme", "ben.acme");
    add("ann.acme", id, "cleo.acme");
    add("ann.acme", id, "dan.acme");
    role("ann.acme", id, "dan.acme", "admin");

    remove("ann.acme", id, "ann.acme").statusCode(200);
    view("dan.acme", id).body("my_role", equalTo("owner"));

    remove("dan.acme", id, "dan.acme").statusCode(200);
    view("ben.acme", id).body("my_role", equalTo("owner"));
  }

  @Test
  void ownershipMovesWhenTheOwnerBecomesInactive() {
    String id = ConversationCalls.group("ann.succ", "ben.succ");

    ConversationCalls.event(
        "succ",
        "ann.succ",
        2,
        new ChatEvent.UserUpserted("ann.succ", "Ann", "ann@succ.test", false));

    await().untilAsserted(() -> view("ben.succ", id).body("my_role", equalTo("owner")));
    view("ben.succ", id).body("participants.role", containsInAnyOrder("owner", "member"));
  }

  @Test
  void theGroupIsDeletedWhenTheLastParticipantLeaves() throws SQLException {
    String id = ConversationCalls.group("ann.acme", "ben.acme");
    remove("ben.acme", id, "ben.acme").statusCode(200);

    remove("ann.acme", id, "ann.acme")
        .statusCode(200)
        .body("status", equalTo("conversation_deleted"))
        .body("conversation", nullValue());

    view("ann.acme", id).statusCode(404);
    assertThat(ConversationUpstreams.memberships(id).getLast().path("participant_ids")).isEmpty();
    assertThat(ConversationStores.events(id))
        .containsExactly(
            "conversation_created",
            "participant_removed",
            "participant_removed",
            "conversation_deleted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyTitleTakesTheTitleAwayAndTheNamesStandInForIt(String empty) {
    String id = ConversationCalls.group("ann.acme", "ben.acme");
    rename("ann.acme", id, "{\"title\": \"Plans\"}").body("title", equalTo("Plans"));

    rename("ann.acme", id, "{\"title\": \"" + empty + "\"}")
        .statusCode(200)
        .body("title", equalTo("Ben"));
    view("ben.acme", id).body("title", equalTo("Ann"));
    rename("ben.acme", id, "{\"title\": \"\"}").statusCode(403);
  }

  @Test
  void onlyOwnersAndAdminsMayRename() {
    String id = ConversationCalls.group("ann.acme", "ben.acme");

    rename("ben.acme", id, "{\"title\": \"Mine\"}").statusCode(403);
    rename("ann.acme", id, "{\"title\": \"  Plans \"}")
        .statusCode(200)
        .body("title", equalTo("Plans"));
    view("ben.acme", id).body("title", equalTo("Plans"));
    rename("ann.acme", id, "{\"title\": null}").statusCode(400);
    rename("ann.acme", id, "{}").statusCode(400);
    rename("ann.acme", id, "{\"title\": \"" + "x".repeat(256) + "\"}").statusCode(400);
  }

  @Test
  void onlyTheOwnerMaySetRolesAndTransferOwnership() {
    String id = ConversationCalls.group("ann.acme", "ben.acme", "cleo.acme");

    role("ben.acme", id, "cleo.acme", "admin").statusCode(403);
    role("ann.acme", id, "ben.acme", "king").statusCode(400);
    ConversationCalls.of("ann.acme")
        .body(Map.of("participant_id", "ben.acme", "role", 1))
        .patch(ConversationCalls.CONVERSATIONS + id + "/set_role/")
        .then()
        .statusCode(400);
    role("ann.acme", id, "ann.acme", "member").statusCode(400);
    role("ann.acme", id, "zoe.acme", "admin").statusCode(404);
    role("ann.acme", id, "ben.acme", "owner")
        .statusCode(200)
        .body("my_role", equalTo("admin"))
        .body("participants.role", containsInAnyOrder("owner", "admin", "member"));
    role("ann.acme", id, "cleo.acme", "admin").statusCode(403);
  }

  @Test
  void aDirectConversationRejectsGroupChanges() {
    String id = ConversationCalls.pair("ann.acme", "pal.acme");

    add("ann.acme", id, "cleo.acme").statusCode(400);
    remove("ann.acme", id, "pal.acme").statusCode(400);
    rename("ann.acme", id, "{\"title\": \"x\"}").statusCode(400);
    role("ann.acme", id, "pal.acme", "admin").statusCode(400);
  }

  @Test
  void nonParticipantsMayNotChangeAGroupAndOtherTenantsCannotSeeIt() {
    String id = ConversationCalls.group("ann.acme", "ben.acme");

    add("mallory.acme", id, "mallory.acme").statusCode(403);
    remove("mallory.acme", id, "ben.acme").statusCode(403);
    rename("mallory.acme", id, "{\"title\": \"x\"}").statusCode(403);
    role("mallory.acme", id, "ben.acme", "admin").statusCode(403);
    add("ann.globex", id, "ben.globex").statusCode(404);
    remove("ann.globex", id, "ben.acme").statusCode(404);
    rename("ann.globex", id, "{\"title\": \"x\"}").statusCode(404);
    role("ann.globex", id, "ben.acme", "admin").statusCode(404);
  }

  @Test
  void concurrentChangesGetDistinctVersions() throws Exception {
    String id = ConversationCalls.group("ann.acme", "ben.acme");
    List<Callable<Integer>> changes = new ArrayList<>();
    IntStream.range(0, 10)
        .forEach(
            i -> changes.add(() -> add("ann.acme", id, "p" + i + ".acme").extract().statusCode()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var change : threads.invokeAll(changes)) {
        assertThat(change.get()).isEqualTo(200);
      }
    }

    view("ann.acme", id).body("participant_count", equalTo(12));
    ConversationCalls.by("message", "acme")
        .get("/internal/conversations/" + id + "/membership")
        .then()
        .body("version", equalTo(11))
        .body("participant_ids", hasSize(12));
  }

  @Test
  void participantPagesContainRolesAndPositions() {
    String id = ConversationCalls.group("ann.acme", "ben.acme", "cleo.acme");
    String path = ConversationCalls.CONVERSATIONS + id + "/participants/";

    String link =
        ConversationCalls.of("ann.acme")
            .get(path + "?limit=2")
            .then()
            .statusCode(200)
            .body("id", equalTo(List.of("ann.acme", "ben.acme")))
            .body("role", equalTo(List.of("owner", "member")))
            .body("read_seq", equalTo(List.of(3, 3)))
            .extract()
            .header("Link");
    ConversationCalls.of("ann.acme")
        .get(link.substring(1, link.indexOf('>')))
        .then()
        .body("id", equalTo(List.of("cleo.acme")))
        .header("Link", nullValue());
    ConversationCalls.of("mallory.acme").get(path).then().statusCode(403);
    ConversationCalls.of("ann.globex").get(path).then().statusCode(404);
    ConversationCalls.of("ann.acme").get(path + "?limit=0").then().statusCode(400);
  }

  @Test
  void participantsLackOnlyPositionsWhileMessageServiceIsDown() {
    String id = ConversationCalls.group("ann.acme", "ben.acme");
    ConversationUpstreams.messagesDown(true);
    try {
      ConversationCalls.of("ann.acme")
          .get(ConversationCalls.CONVERSATIONS + id + "/participants/")
          .then()
          .statusCode(200)
          .header("Chat-Degraded", equalTo("messages"))
          .body("id", equalTo(List.of("ann.acme", "ben.acme")))
          .body("[0].read_seq", nullValue());
    } finally {
      ConversationUpstreams.messagesDown(false);
    }
  }

  @Test
  void aLargeGroupShowsItsFirstHundredParticipants() {
    String[] others =
        IntStream.range(0, 1_999).mapToObj(i -> "m" + i + ".many").toArray(String[]::new);
    String id = ConversationCalls.group("ann.many", others);

    view("ann.many", id)
        .body("participant_count", equalTo(2_000))
        .body("participants", hasSize(100));
    assertThat(ConversationUpstreams.memberships(id).getLast().path("participant_ids"))
        .hasSize(2_000);
  }

  private static ValidatableResponse view(String user, String id) {
    return ConversationCalls.of(user).get(ConversationCalls.CONVERSATIONS + id + "/").then();
  }

  private static ValidatableResponse add(String user, String id, String... people) {
    return ConversationCalls.of(user)
        .body(Map.of("participant_ids", Arrays.asList(people)))
        .post(ConversationCalls.CONVERSATIONS + id + "/add_participants/")
        .then();
  }

  private static ValidatableResponse remove(String user, String id, String person) {
    return ConversationCalls.of(user)
        .body(Map.of("participant_id", person))
        .post(ConversationCalls.CONVERSATIONS + id + "/remove_participant/")
        .then();
  }

  private static ValidatableResponse rename(String user, String id, String body) {
    return ConversationCalls.of(user)
        .body(body)
        .patch(ConversationCalls.CONVERSATIONS + id + "/update_title/")
        .then();
  }

  private static ValidatableResponse role(String user, String id, String person, String role) {
    return ConversationCalls.of(user)
        .body(Map.of("participant_id", person, "role", role))
        .patch(ConversationCalls.CONVERSATIONS + id + "/set_role/")
        .then();
  }
}
