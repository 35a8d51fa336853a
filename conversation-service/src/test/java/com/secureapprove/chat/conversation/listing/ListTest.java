package com.secureapprove.chat.conversation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.conversation.ConversationCalls;
import com.secureapprove.chat.conversation.ConversationStores;
import com.secureapprove.chat.conversation.ConversationUpstreams;
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
@QuarkusTestResource(ConversationStores.class)
class ListTest {
  @Inject SessionFactory sessions;

  @Test
  void theListIsOrderedByTheLastMessageOfMessageService() {
    String older = ConversationCalls.pair("ann.list", "ben.list");
    String newer = ConversationCalls.pair("ann.list", "cleo.list");
    ConversationUpstreams.summary(older, said(older, "ben.list", "2099-01-01T00:00:00.000Z", 3));

    ConversationCalls.of("ann.list")
        .get(ConversationCalls.CONVERSATIONS)
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
    String id = ConversationCalls.pair("ann.news", "ben.news");
    ConversationCalls.of("ann.news")
        .patch(ConversationCalls.CONVERSATIONS + id + "/archive/")
        .then()
        .statusCode(200);
    ConversationCalls.of("ann.news")
        .get(ConversationCalls.CONVERSATIONS + id + "/")
        .then()
        .body("is_archived", equalTo(true));

    ConversationUpstreams.summary(id, said(id, "ben.news", "2030-01-01T00:00:00.000Z", 3));

    ConversationCalls.of("ann.news")
        .get(ConversationCalls.CONVERSATIONS + "?archived=all")
        .then()
        .body("[0].last_seq", equalTo(7))
        .body("[0].is_archived", equalTo(false));
  }

  @Test
  void theListIsDegradedIfMessageServiceAbortsItsResponse() {
    String id = ConversationCalls.pair("ann.broken", "ben.broken");
    ConversationUpstreams.messagesBreakOff(true);
    try {
      ConversationCalls.of("ann.broken")
          .get(ConversationCalls.CONVERSATIONS)
          .then()
          .statusCode(200)
          .header("Chat-Degraded", equalTo("messages"))
          .body("[0].id", equalTo(id));
      ConversationCalls.of("ann.broken")
          .get(ConversationCalls.CONVERSATIONS + id + "/participants/")
          .then()
          .statusCode(200)
          .header("Chat-Degraded", equalTo("messages"));
    } finally {
      ConversationUpstreams.messagesBreakOff(false);
    }
  }

  @Test
  void theListIsDegradedWhileMessageServiceIsDown() {
    String id = ConversationCalls.pair("ann.down", "ben.down");
    ConversationUpstreams.messagesDown(true);
    try {
      ConversationCalls.of("ann.down")
          .get(ConversationCalls.CONVERSATIONS)
          .then()
          .statusCode(200)
          .header("Chat-Degraded", equalTo("messages"))
          .body("[0].id", equalTo(id))
          .body("[0].title", equalTo("Ben"))
          .body("[0].unread_count", nullValue())
          .body("[0].last_message", nullValue());
      ConversationCalls.of("ann.down")
          .get(ConversationCalls.CONVERSATIONS + "unread/")
          .then()
          .statusCode(503)
          .header("Retry-After", equalTo("2"));
    } finally {
      ConversationUpstreams.messagesDown(false);
    }
  }

  @Test
  void pagesHaveNoGapsAndNoDuplicates() {
    List<String> all = new ArrayList<>();
    for (String other : List.of("b", "c", "d", "e", "f")) {
      all.addFirst(ConversationCalls.pair("ann.pages", other + ".pages"));
    }
    List<String> seen = new ArrayList<>();
    String next = ConversationCalls.CONVERSATIONS + "?limit=2";

    for (int i = 0; i < 3; i++) {
      ExtractableResponse<Response> page =
          ConversationCalls.of("ann.pages")
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
    ConversationCalls.of("ann.pages")
        .get(ConversationCalls.CONVERSATIONS)
        .then()
        .body("id", equalTo(all));
  }

  /// Hibernate does not count transaction control and setting the tenant.
  @ParameterizedTest
  @ValueSource(ints = {1, 12})
  void aPageCostsTwoStatementsRegardlessOfItsSize(int conversations) {
    String tenant = "count" + conversations;
    for (int i = 0; i < conversations; i++) {
      ConversationCalls.group("ann." + tenant, "b" + i + "." + tenant, "c." + tenant);
    }
    long before = sessions.getStatistics().getPrepareStatementCount();

    ConversationCalls.of("ann." + tenant)
        .get(ConversationCalls.CONVERSATIONS)
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
    ConversationCalls.of("ann.acme")
        .urlEncodingEnabled(false)
        .get(ConversationCalls.CONVERSATIONS + "?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void unreadTotalsSumOverConversations() {
    String one = ConversationCalls.pair("ann.unread", "ben.unread");
    String two = ConversationCalls.pair("ann.unread", "cleo.unread");
    ConversationCalls.pair("ann.unread", "dan.unread");
    ConversationUpstreams.summary(one, said(one, "ben.unread", "2030-01-01T00:00:00.000Z", 3));
    ConversationUpstreams.summary(two, said(two, "cleo.unread", "2030-01-01T00:00:00.000Z", 4));

    ConversationCalls.of("ann.unread")
        .get(ConversationCalls.CONVERSATIONS + "unread/")
        .then()
        .statusCode(200)
        .body("total", equalTo(7))
        .body("conversations", equalTo(2));
  }

  @Test
  void unreadTotalsIncludeArchivedButNotMutedConversations() {
    String archived = ConversationCalls.pair("ann.put-away", "ben.put-away");
    String muted = ConversationCalls.pair("ann.put-away", "cleo.put-away");
    ConversationUpstreams.summary(
        archived, said(archived, "ben.put-away", "2030-01-01T00:00:00.000Z", 3));
    ConversationUpstreams.summary(
        muted, said(muted, "cleo.put-away", "2030-01-01T00:00:00.000Z", 4));
    ConversationCalls.of("ann.put-away")
        .patch(ConversationCalls.CONVERSATIONS + archived + "/archive/");
    ConversationCalls.of("ann.put-away").patch(ConversationCalls.CONVERSATIONS + muted + "/mute/");

    ConversationCalls.of("ann.put-away")
        .get(ConversationCalls.CONVERSATIONS + "unread/")
        .then()
        .statusCode(200)
        .body("total", equalTo(3))
        .body("conversations", equalTo(1));
  }

  @Test
  void notificationServiceReadsWhatAPersonHasNotReadWithoutMutedAndArchivedConversations() {
    String one = ConversationCalls.pair("ann.mailed", "ben.mailed");
    String archived = ConversationCalls.pair("ann.mailed", "cleo.mailed");
    String muted = ConversationCalls.pair("ann.mailed", "dan.mailed");
    String own = ConversationCalls.pair("ann.mailed", "eve.mailed");
    ConversationCalls.pair("ann.mailed", "fay.mailed");
    String year = "2030-01-01T00:00:00.000Z";
    ConversationUpstreams.summary(one, said(one, "ben.mailed", year, 3));
    ConversationUpstreams.summary(archived, said(archived, "cleo.mailed", year, 4));
    ConversationUpstreams.summary(muted, said(muted, "dan.mailed", year, 5));
    ConversationUpstreams.summary(own, said(own, "ann.mailed", year, 6));
    String path = ConversationCalls.CONVERSATIONS;
    ConversationCalls.of("ann.mailed").patch(path + archived + "/archive/");
    ConversationCalls.of("ann.mailed").patch(path + muted + "/mute/");

    ConversationCalls.of("ann.mailed", "notification")
        .get("/internal/unread?most=5")
        .then()
        .statusCode(200)
        .body("messages", equalTo(9))
        .body("conversations", equalTo(2))
        .body("newest.title", containsInAnyOrder("Ben", "Eve"))
        .body("newest.find { it.title == 'Ben' }.unread_count", equalTo(3))
        .body("newest.find { it.title == 'Ben' }.content", equalTo("hello"))
        .body("newest.find { it.title == 'Eve' }.content", nullValue());
    ConversationCalls.of("ann.mailed", "notification")
        .get("/internal/unread?most=1")
        .then()
        .body("conversations", equalTo(2))
        .body("newest", hasSize(1));
    ConversationCalls.of("ann.mailed").get("/internal/unread").then().statusCode(403);
    ConversationCalls.by("notification", "mailed").get("/internal/unread").then().statusCode(403);
    ConversationCalls.of("ann.mailed", "notification")
        .get("/internal/unread?most=101")
        .then()
        .statusCode(400);
  }

  @Test
  void nonParticipantsAreForbiddenAndOtherTenantsGetNotFound() {
    String id = ConversationCalls.pair("ann.acme", "zed.acme");

    ConversationCalls.of("ann.acme")
        .get(ConversationCalls.CONVERSATIONS + id)
        .then()
        .statusCode(200);
    ConversationCalls.of("ann.acme")
        .get(ConversationCalls.CONVERSATIONS + id + "/")
        .then()
        .statusCode(200);
    ConversationCalls.of("mallory.acme")
        .get(ConversationCalls.CONVERSATIONS + id + "/")
        .then()
        .statusCode(403);
    ConversationCalls.of("ann.globex")
        .get(ConversationCalls.CONVERSATIONS + id + "/")
        .then()
        .statusCode(404);
    ConversationCalls.of("ann.globex")
        .get(ConversationCalls.CONVERSATIONS)
        .then()
        .body("$", hasSize(0));
    ConversationCalls.of("ann.acme")
        .get(ConversationCalls.CONVERSATIONS + UUID.randomUUID() + "/")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    ConversationCalls.of("ann.acme")
        .get(ConversationCalls.CONVERSATIONS + "no-uuid/")
        .then()
        .statusCode(400);
    ConversationCalls.of("ann.acme")
        .get(ConversationCalls.CONVERSATIONS + "1-2-3-4-5/")
        .then()
        .statusCode(400);
    RestAssured.get(ConversationCalls.CONVERSATIONS).then().statusCode(401);
    ConversationCalls.by("gateway", "acme")
        .get(ConversationCalls.CONVERSATIONS)
        .then()
        .statusCode(403);
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
