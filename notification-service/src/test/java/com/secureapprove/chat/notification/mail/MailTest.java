package com.secureapprove.chat.notification.mail;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.notification.Events;
import com.secureapprove.chat.notification.MailStub;
import com.secureapprove.chat.notification.MailStub.Received;
import com.secureapprove.chat.notification.NotificationStores;
import com.secureapprove.chat.notification.NotificationUpstreams;
import com.secureapprove.chat.platform.identity.UnsubscribeTokens;
import com.secureapprove.chat.platform.identity.UnsubscribeTokens.Unsubscription;
import com.secureapprove.chat.testsupport.backing.BackingServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// People with unread messages get a mail at a real SMTP server. Each test uses another tenant.
@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class MailTest {
  private static final String PREFERENCE = "/api/chat/me/mail/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger TENANTS = new AtomicInteger();

  @Inject Events events;
  @Inject UnsubscribeTokens tokens;

  private String tenant = "mailed-" + TENANTS.getAndIncrement();

  /// Ends with a part of its own, because the stubs of the other services know no tenants.
  private final String ben = "ben." + UUID.randomUUID();

  private final String cid = "cid." + UUID.randomUUID();

  @AfterEach
  void up() {
    NotificationUpstreams.down(false);
  }

  @Test
  void whoStaysAwayGetsOneMailAfterTheQuietTime() {
    away(ben);
    unread(ben, conversation("Ana Ruiz", 3, "Ana Ruiz", "Good\n morning <b>Ben</b>"));

    EventEnvelope event = say("Good morning", "ann", ben);

    Received mail = onlyMail(ben);
    assertThat(Duration.between(event.at(), Instant.now())).isGreaterThan(Duration.ofMillis(300));
    assertThat(mail.subject()).isEqualTo("3 unread messages");
    assertThat(mail.headers().get("From")).isEqualTo("Chat <chat@chat.example>");
    assertThat(mail.headers().get("Content-Type")).startsWith("text/plain");
    assertThat(mail.headers().get("Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(mail.headers().get("Message-ID")).matches("<[0-9a-f]{32}@chat\\.example>");
    assertThat(mail.text())
        .startsWith(
            """
            You have 3 unread messages in 1 conversation.

            Ana Ruiz (3)
              Ana Ruiz: Good morning <b>Ben</b>

            Open the chat:
            https://chat.example/t/%s

            --
            """
                .formatted(tenant));

    say("and again", "ann", ben);
    awaitReviewed();
    assertThat(MailStub.to(address(ben))).hasSize(1);
    assertThat(rows("mailed_at is not null and next_attempt_at > now() + interval '55 min'"))
        .isEqualTo(1);
  }

  @Test
  void whoCameBackAndWentAgainGetsTheNextMail() {
    away(ben);
    unread(ben, conversation("Ana", 1, "Ana", "one"));
    say("one", "ann", ben);
    onlyMail(ben);

    NotificationUpstreams.contact(ben, address(ben), false, Instant.now());
    say("two", "ann", ben);

    await().until(() -> MailStub.to(address(ben)).size() == 2);
  }

  @Test
  void whoIsOnlineOrWasActiveMeanwhileGetsItOnlyAfterTheyWentAway() {
    NotificationUpstreams.contact(ben, address(ben), true, Instant.now());
    unread(ben, conversation("Ana", 1, "Ana", "one"));
    say("one", "ann", ben);
    await().until(() -> rows("claims > 1") == 1);
    assertThat(MailStub.to(address(ben))).isEmpty();

    Instant left = Instant.now();
    NotificationUpstreams.contact(ben, address(ben), false, left);

    onlyMail(ben);
    assertThat(Instant.now()).isAfter(left.plusMillis(300));
  }

  @Test
  void whatWasReadMeanwhileIsNotMailed() {
    away(ben, cid);
    unread(cid, conversation("Ana", 1, "Ana", "one"));

    say("one", "ann", ben, cid);

    onlyMail(cid);
    await().until(() -> person(ben, "claims > 0 and next_attempt_at is null") == 1);
    assertThat(MailStub.to(address(ben))).isEmpty();
  }

  @Test
  void whoHasMutedTheConversationIsNotLookedAt() {
    away(ben, cid);
    unread(ben, conversation("Ana", 1, "Ana", "one"));
    unread(cid, conversation("Ana", 1, "Ana", "one"));

    say("one", "ann", cid); // the audience has no one who muted it

    onlyMail(cid);
    assertThat(person(ben, "true")).isZero();
    assertThat(MailStub.to(address(ben))).isEmpty();
  }

  @Test
  void aTenantThatHasNotOptedInGetsNone() {
    String mailed = tenant;
    away(ben, cid);
    unread(ben, conversation("Ana", 1, "Ana", "one"));
    unread(cid, conversation("Ana", 1, "Ana", "one"));
    tenant = "t-" + UUID.randomUUID();
    say("one", "ann", ben);
    tenant = mailed;

    say("one", "ann", cid);

    onlyMail(cid);
    assertThat(MailStub.to(address(ben))).isEmpty();
    assertThat(
            NotificationStores.number(
                "select count(*) from notification.mail_conversation where tenant like 't-%'"))
        .isZero();
  }

  @Test
  void theTenantDecidesWhatAMailSays() {
    away(ben, cid);
    unread(ben, conversation("Board", 1, "Ana", "nobody may see this"));
    tenant = "mailed-names";
    say("nobody may see this", "ann", ben);
    Received names = onlyMail(ben);
    assertThat(names.text())
        .contains("Board (1)\n  Ana\n", "Open the chat:\nhttps://app.example/talk\n")
        .doesNotContain("nobody");
    assertThat(names.subject()).isEqualTo("1 unread message");

    unread(cid, conversation("Board", 1, "Ana", "nobody may see this"));
    tenant = "mailed-secret";
    say("nobody may see this", "ann", cid);
    assertThat(onlyMail(cid).text())
        .startsWith("Tienes 1 mensaje sin leer en 1 conversación.\n\nAbrir el chat:\n")
        .doesNotContain("nobody", "Board", "Ana");
  }

  @Test
  void aMailDescribesTheNewestConversationsAndCountsTheOthers() {
    away(ben);
    NotificationUpstreams.unread(
        ben, 9, 5, conversation("Board", 1, "Ana", "hello"), conversation("Sales", 4, null, null));

    say("hello", "ann", ben);

    assertThat(onlyMail(ben).text())
        .contains("9 unread messages in 5 conversations", "Sales (4)\n\nand 3 more conversations");
  }

  @Test
  void theTextsOfPeopleCannotAddLinesOrHeaders() {
    away(ben);
    unread(
        ben,
        conversation(
            "x\r\nBcc: eve@evil.example\r\n\r\nOpen the chat:\nhttps://evil.example\u202e",
            1,
            "Ana\r\nSubject: other",
            "\r\n.\r\nQUIT\r\n" + "😀".repeat(500)));

    say("hello", "ann", ben);

    Received mail = onlyMail(ben);
    assertThat(mail.text())
        .contains(
            "\nx Bcc: eve@evil.example Open the chat: https://evil.example (1)\n",
            "\n  Ana Subject: other: . QUIT 😀")
        .contains("😀…\n");
    assertThat(mail.text().lines().filter(line -> line.equals("Open the chat:"))).hasSize(1);
    assertThat(mail.subject()).isEqualTo("1 unread message");
    assertThat(MailStub.to("eve@evil.example")).isEmpty();
  }

  @Test
  void anAddressThatCouldAddReceiversIsNotUsed() {
    int looks = 0;
    for (String address :
        List.of("", "ben@x.test, eve@evil.example", "ben@x.test\r\nBcc: eve@evil.example", "ben")) {
      NotificationUpstreams.contact(ben, address, false, Instant.EPOCH);
      unread(ben, conversation("Ana", 1, "Ana", "one"));

      say("one", "ann", ben);

      String looked = "claims > %d and next_attempt_at is null".formatted(looks++);
      await().until(() -> person(ben, looked) == 1);
    }
    assertThat(MailStub.to("ben@x.test")).isEmpty();
    assertThat(MailStub.to("eve@evil.example")).isEmpty();
    assertThat(person(ben, "mailed_at is null")).isEqualTo(1);
  }

  @Test
  void anOutageOfTheMailServerDelaysTheMailAndItIsSentOnce() {
    away(ben);
    unread(ben, conversation("Ana", 1, "Ana", "one"));
    MailStub.down();
    try {
      say("one", "ann", ben);
      await().until(() -> person(ben, "failures > 1") == 1);
    } finally {
      MailStub.up();
    }

    onlyMail(ben);
    await().until(() -> person(ben, "failures = 0 and mailed_at is not null") == 1);
    say("two", "ann", ben);
    awaitReviewed();
    assertThat(MailStub.to(address(ben))).hasSize(1);
  }

  @Test
  void anOutageOfTheOtherServicesDelaysItOnly() {
    away(ben);
    unread(ben, conversation("Ana", 1, "Ana", "one"));
    NotificationUpstreams.down(true);
    say("one", "ann", ben);
    await()
        .until(() ->
            NotificationStores.number(
                    "select count(*) from notification.mail_conversation where attempts > 1")
                > 0);

    NotificationUpstreams.down(false);

    await().atMost(Duration.ofSeconds(20)).until(() -> MailStub.to(address(ben)).size() == 1);
  }

  @Test
  void theLinkOfAMailUnsubscribesAndTheSettingSubscribesAgain() {
    away(ben);
    unread(ben, conversation("Ana", 1, "Ana", "one"));
    say("one", "ann", ben);
    Received mail = onlyMail(ben);
    assertThat(mail.headers().get("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    String link = mail.headers().get("List-Unsubscribe").replaceAll("[<>]", "");
    assertThat(mail.text().strip()).endsWith("No more of these mails:\n" + link);
    String prefix = "https://chat.example/api/chat/unsubscribe/";
    assertThat(link).startsWith(prefix);
    assertThat(tokens.verify(link.substring(prefix.length())))
        .contains(new Unsubscription(tenant, ben));
    me(ben).get(PREFERENCE).then().body("enabled", equalTo(true));

    byGateway()
        .body(Map.of("user_id", ben))
        .post("/internal/mail_unsubscriptions")
        .then()
        .statusCode(204);

    me(ben)
        .get(PREFERENCE)
        .then()
        .body("available", equalTo(true))
        .body("enabled", equalTo(false))
        .body("language", nullValue());
    NotificationUpstreams.contact(ben, address(ben), false, Instant.now());
    say("two", "ann", ben);
    awaitReviewed();
    assertThat(person(ben, "next_attempt_at is null and not wanted")).isEqualTo(1);
    assertThat(MailStub.to(address(ben))).hasSize(1);

    me(ben)
        .body(Map.of("enabled", true, "language", "pt-BR"))
        .patch(PREFERENCE)
        .then()
        .statusCode(200)
        .body("enabled", equalTo(true))
        .body("language", equalTo("pt-BR"));
    say("three", "ann", ben);
    await().until(() -> MailStub.to(address(ben)).size() == 2);
    assertThat(MailStub.to(address(ben)).getLast().subject()).isEqualTo("1 mensagem não lida");
  }

  @Test
  void theSettingStopsMailsOfThisTenantOnly() {
    String other = "mailed-" + TENANTS.getAndIncrement();
    away(ben);
    unread(ben, conversation("Ana", 1, "Ana", "one"));
    me(ben).body(Map.of("enabled", false)).patch(PREFERENCE).then().statusCode(200);
    say("one", "ann", ben);
    awaitReviewed();
    assertThat(MailStub.to(address(ben))).isEmpty();

    tenant = other;
    me(ben).get(PREFERENCE).then().body("enabled", equalTo(true));
    say("one", "ann", ben);
    onlyMail(ben);
  }

  @Test
  void aWrongSettingIsRefused() {
    me(ben).body(Map.of()).patch(PREFERENCE).then().statusCode(400);
    me(ben).body(Map.of("language", "fr")).patch(PREFERENCE).then().statusCode(400);
    tenant = "t-" + UUID.randomUUID();
    me(ben).get(PREFERENCE).then().body("available", equalTo(false));
  }

  private static void away(String... people) {
    for (String person : people) {
      NotificationUpstreams.contact(person, address(person), false, Instant.EPOCH);
    }
  }

  private static String address(String person) {
    return person + "@mail.test";
  }

  private static void unread(String person, String... conversations) {
    int messages = 0;
    for (String conversation : conversations) {
      messages += Integer.parseInt(conversation.replaceAll(".*\"unread_count\":(\\d+).*", "$1"));
    }
    NotificationUpstreams.unread(person, messages, conversations.length, conversations);
  }

  private static String conversation(String title, int unread, String sender, String content) {
    try {
      Map<String, Object> fields = new HashMap<>();
      fields.put("id", UUID.randomUUID());
      fields.put("title", title);
      fields.put("unread_count", unread);
      fields.put("sender_name", sender);
      fields.put("content", content);
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// A message of ann to people who have not muted the conversation.
  private EventEnvelope say(String content, String... people) {
    EventEnvelope event = events.message(tenant, content);
    NotificationUpstreams.audience(event.aggregate(), null, people);
    return events.append(event);
  }

  private Received onlyMail(String person) {
    await().until(() -> !MailStub.to(address(person)).isEmpty());
    assertThat(MailStub.to(address(person))).hasSize(1);
    return MailStub.to(address(person)).getFirst();
  }

  /// Waits until the last message was reviewed, and no person is looked at.
  private void awaitReviewed() {
    await()
        .until(() ->
            NotificationStores.number(
                    "select count(*) from notification.mail_conversation where tenant = '%s'"
                        .formatted(tenant))
                == 1);
    await()
        .until(() ->
            NotificationStores.number(
                        "select count(*) from notification.mail_conversation where tenant = '%s'"
                            .formatted(tenant))
                    == 0
                && rows("next_attempt_at < now() + interval '1 min'") == 0);
  }

  private int rows(String condition) {
    return NotificationStores.number(
        "select count(*) from notification.mail_person where tenant = '%s' and user_id <> 'ann'"
                .formatted(tenant)
            + " and "
            + condition);
  }

  private int person(String person, String condition) {
    return rows("user_id = '%s' and %s".formatted(person, condition));
  }

  private RequestSpecification me(String person) {
    return with(
        BackingServices.shared()
            .userToken(
                "gateway",
                "notification",
                tenant,
                TokenUser.of(person, person, person + "@chat.test")));
  }

  private RequestSpecification byGateway() {
    return with(BackingServices.shared().componentToken("gateway", "notification", tenant));
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
  }
}
