package com.secureapprove.chat.conversation.membership;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.secureapprove.chat.conversation.ConversationCalls;
import com.secureapprove.chat.conversation.ConversationStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
class MembershipTest {

  @Test
  void servicesReadTheMembership() {
    String one = ConversationCalls.pair("amy.acme", "bea.acme");
    String two = ConversationCalls.pair("amy.acme", "cia.acme");

    ConversationCalls.by("gateway", "acme")
        .get("/internal/memberships?user_id=amy.acme")
        .then()
        .statusCode(200)
        .body("memberships.conversation_id", containsInAnyOrder(one, two))
        .body("memberships.version", equalTo(List.of(1, 1)));
    ConversationCalls.by("message", "acme")
        .get("/internal/conversations/" + one + "/membership")
        .then()
        .statusCode(200)
        .body("conversation_id", equalTo(one))
        .body("version", equalTo(1))
        .body("participant_ids", equalTo(List.of("amy.acme", "bea.acme")));
  }

  @Test
  void anotherTenantReadsNothing() {
    String id = ConversationCalls.pair("hal.acme", "dee.acme");

    ConversationCalls.by("gateway", "globex")
        .get("/internal/memberships?user_id=hal.acme")
        .then()
        .body("memberships", hasSize(0));
    ConversationCalls.by("message", "globex")
        .get("/internal/conversations/" + id + "/membership")
        .then()
        .statusCode(404);
  }

  @Test
  void attachmentServiceChecksOnePerson() {
    String path = "/internal/conversations/" + ConversationCalls.pair("gus.acme", "fay.acme");

    ConversationCalls.by("attachment", "acme")
        .get(path + "/participants/gus.acme")
        .then()
        .statusCode(204);
    ConversationCalls.by("attachment", "acme")
        .get(path + "/participants/eve.acme")
        .then()
        .statusCode(404);
    ConversationCalls.by("attachment", "globex")
        .get(path + "/participants/gus.acme")
        .then()
        .statusCode(404);
    ConversationCalls.of("amy.acme").get(path + "/participants/gus.acme").then().statusCode(403);
  }

  @Test
  void theAudienceIsEveryParticipantWhoHasNotMutedTheConversation() {
    String id = ConversationCalls.group("nia.acme", "oli.acme", "pam.acme");
    String path = "/internal/conversations/" + id + "/audience";
    ConversationCalls.of("oli.acme")
        .patch("/api/chat/conversations/" + id + "/mute/")
        .then()
        .statusCode(200);

    ConversationCalls.by("notification", "acme")
        .get(path)
        .then()
        .statusCode(200)
        .body("is_group", equalTo(true))
        .body("user_ids", equalTo(List.of("nia.acme", "pam.acme")));
    ConversationCalls.by("notification", "globex").get(path).then().statusCode(404);
    ConversationCalls.by("message", "acme").get(path).then().statusCode(403);
  }

  @Test
  void theGatewayReadsTheSmallConversationsOfAPerson() {
    String pair = ConversationCalls.pair("kim.acme", "lou.acme");
    String group = ConversationCalls.group("kim.acme", "lou.acme", "mia.acme");
    String[] many =
        IntStream.range(0, 50).mapToObj("many%02d.acme"::formatted).toArray(String[]::new);
    String large = ConversationCalls.group("kim.acme", many);

    ConversationCalls.by("gateway", "acme")
        .get("/internal/circles?user_ids=kim.acme,mia.acme,many00.acme")
        .then()
        .statusCode(200)
        .body("circles.user_id", equalTo(List.of("kim.acme", "mia.acme", "many00.acme")))
        .body("circles[0].conversation_ids", containsInAnyOrder(pair, group))
        .body("circles[1].conversation_ids", equalTo(List.of(group)))
        .body("circles[2].conversation_ids", hasSize(0));
    ConversationCalls.by("gateway", "globex")
        .get("/internal/circles?user_ids=kim.acme")
        .then()
        .body("circles[0].conversation_ids", hasSize(0));
    ConversationCalls.of("kim.acme")
        .body(java.util.Map.of("participant_id", "kim.acme"))
        .post("/api/chat/conversations/" + large + "/remove_participant/")
        .then()
        .statusCode(200);
    ConversationCalls.by("gateway", "acme")
        .get("/internal/circles?user_ids=many00.acme")
        .then()
        .body("circles[0].conversation_ids", equalTo(List.of(large)));
  }

  @Test
  void onlyComponentsMayRead() {
    ConversationCalls.by("message", "acme")
        .get("/internal/circles?user_ids=a")
        .then()
        .statusCode(403);
    ConversationCalls.by("gateway", "acme")
        .get("/internal/circles?user_ids=" + "a,".repeat(51))
        .then()
        .statusCode(400);
    ConversationCalls.of("amy.acme")
        .get("/internal/memberships?user_id=amy.acme")
        .then()
        .statusCode(403);
    ConversationCalls.by("presence", "acme")
        .get("/internal/memberships?user_id=a")
        .then()
        .statusCode(403);
    ConversationCalls.by("gateway", "acme").get("/internal/memberships").then().statusCode(400);
    ConversationCalls.by("gateway", "acme")
        .get("/internal/conversations/x/membership")
        .then()
        .statusCode(400);
  }
}
