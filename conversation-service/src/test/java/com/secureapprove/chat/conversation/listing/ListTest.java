package com.secureapprove.chat.conversation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.conversation.BackingStores;
import com.secureapprove.chat.conversation.Calls;
import com.secureapprove.chat.conversation.StubServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class ListTest {
  @Inject SessionFactory sessions;

  @Test
  void theListIsOrderedByTheLastMessageOfMessageService() {
    String older = Calls.pair("ann.list", "ben.list");
    String newer = Calls.pair("ann.list", "cleo.list");
    StubServices.summary(older, said(older, "ben.list", "2099-01-01T00:00:00.000Z", 3));

    Calls.of("ann.list")
        .get(Calls.CONVERSATIONS)
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("private, no-store"))
        .header("Chat-Degraded", nullValue())
        .body("id", equalTo(List.of(older, newer)))
        .body("[0].last_message.content", equalTo("hello"))
        .body("[0].last_message.status", equalTo("delivered"))
        .body("[0].unread_count", equalTo(3))
        .body("[0].last_seq", equalTo(7))
        .body("[0].last_read_seq", equalTo(4))
        .body("[0].updated_at", equalTo("2099-01-01T00:00:00.000Z"))
        .body("[1].unread_count", equalTo(0));
  }

  @Test
  void aMessageKnownOnlyToMessageServiceUnarchives() {
    String id = Calls.pair("ann.news", "ben.news");
    Calls.of("ann.news").patch(Calls.CONVERSATIONS + id + "/archive/").then().statusCode(200);
    Calls.of("ann.news")
        .get(Calls.CONVERSATIONS + id + "/")
        .then()
        .body("is_archived", equalTo(true));

    StubServices.summary(id, said(id, "ben.news", "2030-01-01T00:00:00.000Z", 3));

    Calls.of("ann.news")
        .get(Calls.CONVERSATIONS + "?archived=all")
        .then()
        .body("[0].last_seq", equalTo(7))
        .body("[0].is_archived", equalTo(false));
  }

  @Test
  void theListIsDegradedIfMessageServiceAbortsItsResponse() {
    String id = Calls.pair("ann.broken", "ben.broken");
    StubServices.messagesBreakOff(true);
    try {
      Calls.of("ann.broken")
          .get(Calls.CONVERSATIONS)
          .then()
          .statusCode(200)
          .header("Chat-Degraded", equalTo("messages"))
          .body("[0].id", equalTo(id));
      Calls.of("ann.broken")
          .get(Calls.CONVERSATIONS + id + "/participants/")
          .then()
          .statusCode(200)
          .header("Chat-Degraded", equalTo("messages"));
    } finally {
      StubServices.messagesBreakOff(false);
    }
  }

  @Test
  void theListIsDegradedWhileMessageServiceIsDown() {
    String id = Calls.pair("ann.down", "ben.down");
    StubServices.messagesDown(true);
    try {
      Calls.of("ann.down")
          .get(Calls.CONVERSATIONS)
          .then()
          .statusCode(200)
          .header("Chat-Degraded", equalTo("messages"))
          .body("[0].id", equalTo(id))
          .body("[0].title", equalTo("Ben"))
          .body("[0].unread_count", nullValue())
          .body("[0].last_message", nullValue());
      Calls.of("ann.down")
          .get(Calls.CONVERSATIONS + "unread/")
          .then()
          .statusCode(503)
          .header("Retry-After", equalTo("2"));
    } finally {
      StubServices.messagesDown(false);
    }
  }

  @Test
  void pagesHaveNoGapsAndNoDuplicates() {
    List<String> all = new ArrayList<>();
    for (String other : List.of("b", "c", "d", "e", "f")) {
      all.addFirst(Calls.pair("ann.pages", other + ".pages"));
    }
    List<String> seen = new ArrayList<>();
    String next = Calls.CONVERSATIONS + "?limit=2";

    for (int i = 0; i < 3; i++) {
      ExtractableResponse<Response> page =
          Calls.of("ann.pages")
              .urlEncodingEnabled(false)
              .get(next)
              .then()
              .statusCode(200)
              .extract();
      seen.addAll(page.path("id"));
      String link = page.header("Link");
      if (i < 2) {
        assertThat(link).matches("</api/chat/conversations/\\?.*>; rel=\"next\"");
        next = link.substring(1, link.indexOf('>'));
      } else {
        assertThat(link).isNull();
      }
    }

    assertThat(seen).isEqualTo(all);
    Calls.of("ann.pages").get(Calls.CONVERSATIONS).then().body("id", equalTo(all));
  }

  /// Hibernate does not count transaction control and setting the tenant.
  @ParameterizedTest
  @ValueSource(ints = {1, 12})
  void aPageCostsTwoStatementsRegardlessOfItsSize(int conversations) {
    String tenant = "count" + conversations;
    for (int i = 0; i < conversations; i++) {
      Calls.group("ann." + tenant, "b" + i + "." + tenant, "c." + tenant);
    }
    long before = sessions.getStatistics().getPrepareStatementCount();

    Calls.of("ann." + tenant)
        .get(Calls.CONVERSATIONS)
        .then()
        .statusCode(200)
        .body("$", hasSize(conversations))
        .body("participants[0]", hasSize(3));

    assertThat(sessions.getStatistics().getPrepareStatementCount() - before).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=x",
        "archived=maybe",
        "cursor=%00",
        "cursor=AAAA",
        "cursor=",
        "limit=",
        "limit=1&limit=2"
      })
  void invalidQueriesAreRejected(String query) {
    Calls.of("ann.acme")
        .urlEncodingEnabled(false)
        .get(Calls.CONVERSATIONS + "?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void unreadTotalsSumOverConversations() {
    String one = Calls.pair("ann.unread", "ben.unread");
    String two = Calls.pair("ann.unread", "cleo.unread");
    Calls.pair("ann.unread", "dan.unread");
    StubServices.summary(one, said(one, "ben.unread", "2030-01-01T00:00:00.000Z", 3));
    StubServices.summary(two, said(two, "cleo.unread", "2030-01-01T00:00:00.000Z", 4));

    Calls.of("ann.unread")
        .get(Calls.CONVERSATIONS + "unread/")
        .then()
        .statusCode(200)
        .body("total", equalTo(7))
        .body("conversations", equalTo(2));
  }

  @Test
  void unreadTotalsIncludeArchivedButNotMutedConversations() {
    String archived = Calls.pair("ann.put-away", "ben.put-away");
    String muted = Calls.pair("ann.put-away", "cleo.put-away");
    StubServices.summary(archived, said(archived, "ben.put-away", "2030-01-01T00:00:00.000Z", 3));
    StubServices.summary(muted, said(muted, "cleo.put-away", "2030-01-01T00:00:00.000Z", 4));
    Calls.of("ann.put-away").patch(Calls.CONVERSATIONS + archived + "/archive/");
    Calls.of("ann.put-away").patch(Calls.CONVERSATIONS + muted + "/mute/");

    Calls.of("ann.put-away")
        .get(Calls.CONVERSATIONS + "unread/")
        .then()
        .statusCode(200)
        .body("total", equalTo(3))
        .body("conversations", equalTo(1));
  }

  @Test
  void nonParticipantsAreForbiddenAndOtherTenantsGetNotFound() {
    String id = Calls.pair("ann.acme", "zed.acme");

    Calls.of("ann.acme").get(Calls.CONVERSATIONS + id).then().statusCode(200);
    Calls.of("ann.acme").get(Calls.CONVERSATIONS + id + "/").then().statusCode(200);
    Calls.of("mallory.acme").get(Calls.CONVERSATIONS + id + "/").then().statusCode(403);
    Calls.of("ann.globex").get(Calls.CONVERSATIONS + id + "/").then().statusCode(404);
    Calls.of("ann.globex").get(Calls.CONVERSATIONS).then().body("$", hasSize(0));
    Calls.of("ann.acme")
        .get(Calls.CONVERSATIONS + UUID.randomUUID() + "/")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    Calls.of("ann.acme").get(Calls.CONVERSATIONS + "no-uuid/").then().statusCode(400);
    Calls.of("ann.acme").get(Calls.CONVERSATIONS + "1-2-3-4-5/").then().statusCode(400);
    RestAssured.get(Calls.CONVERSATIONS).then().statusCode(401);
    Calls.by("gateway", "acme").get(Calls.CONVERSATIONS).then().statusCode(403);
  }

  private static String said(String conversation, String sender, String at, int unread) {
    return """
    {"conversation_id": "%1$s", "unread_count": %4$d, "last_seq": 7, "last_read_seq": 4,
     "last_message": {"id": "%1$s", "conversation": "%1$s", "seq": 7, "sender_id": "%2$s",
       "sender_name": "x", "sender_email": "x", "content": "hello", "has_attachments": false,
       "attachments": [], "created_at": "%3$s", "updated_at": "%3$s",
       "client_message_id": null, "status": "delivered"}}
    """
        .formatted(conversation, sender, at, unread);
  }
}
