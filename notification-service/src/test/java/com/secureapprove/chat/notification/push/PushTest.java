package com.secureapprove.chat.notification.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.MessageView;
import com.secureapprove.chat.notification.Events;
import com.secureapprove.chat.notification.NotificationStores;
import com.secureapprove.chat.notification.NotificationUpstreams;
import com.secureapprove.chat.notification.Subscriber;
import com.secureapprove.chat.testsupport.push.BrowserSubscription;
import com.secureapprove.chat.testsupport.push.PushStub;
import com.secureapprove.chat.testsupport.push.PushStub.Answer;
import com.secureapprove.chat.testsupport.push.PushStub.Received;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Events of ann's messages reach the browsers of the other participants. Each test uses a new
/// tenant.
@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class PushTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject Events events;

  private final PushStub push = PushStub.start(NotificationStores.PUSH_PUBLIC_KEY);
  private String tenant = "t-" + UUID.randomUUID();

  /// Ends with a part of its own, because the stub of presence-service knows no tenants.
  private final String ben = "ben." + UUID.randomUUID();

  private final String cid = "cid." + UUID.randomUUID();

  @AfterEach
  void stop() {
    NotificationUpstreams.down(false);
    NotificationUpstreams.online(ben, false);
    push.close();
  }

  @Test
  void aMessageReachesTheBrowsersOfItsReceiversButNotOfItsSender() throws Exception {
    BrowserSubscription phone = subscribed(ben);
    BrowserSubscription desk = subscribed(ben);
    BrowserSubscription own = subscribed("ann");

    EventEnvelope event = say("Olá,\n  Ben", null, "ann", ben);

    assertThat(received(2)).extracting(Received::browser).containsExactlyInAnyOrder(phone, desk);
    assertThat(push.texts(own)).isEmpty();
    JsonNode body = JSON.readTree(push.texts(phone).getFirst());
    assertThat(body.path("conversation").asText()).isEqualTo(event.aggregate());
    assertThat(body.path("sender").asText()).isEqualTo("Ann");
    assertThat(body.path("text").asText()).isEqualTo("Olá, Ben");
    assertThat(body.path("page").asText()).isEqualTo("/chat");
    assertThat(body.path("language").asText()).isEqualTo("es");
    assertThat(body.has("group")).isFalse();
    assertThat(Integer.parseInt(received(2).getFirst().headers().get("ttl")))
        .isBetween(12 * 3600 - 60, 12 * 3600);
    assertThat(push.refused()).isEmpty();
  }

  @Test
  void aGroupIsNamed() throws Exception {
    BrowserSubscription phone = subscribed(ben);

    say("hello", "Board", "ann", ben, cid);

    received(1);
    assertThat(JSON.readTree(push.texts(phone).getFirst()).path("group").asText())
        .isEqualTo("Board");
  }

  @Test
  void theTenantDecidesWhatANotificationSays() throws Exception {
    tenant = "secretive";
    BrowserSubscription secret = subscribed(ben);
    say("nobody may see this", "Board", "ann", ben);
    received(1);
    assertThat(push.texts(secret).getFirst()).doesNotContain("nobody", "Ann", "Board");

    tenant = "names";
    BrowserSubscription named = subscribed(ben);
    say("nobody may see this", "Board", "ann", ben);
    received(2);
    assertThat(push.texts(named).getFirst())
        .doesNotContain("nobody")
        .contains("\"sender\":\"Ann\"", "\"group\":\"Board\"");
  }

  @Test
  void theLongestMessageFits() {
    BrowserSubscription phone = subscribed(ben);

    say("\"\uD83D\uDE00\u0001".repeat(3_000), "\uD83D\uDE00".repeat(255), "ann", ben);

    received(1);
    assertThat(push.texts(phone).getFirst()).contains("…").hasSizeLessThan(3_993);
  }

  @Test
  void whoHasMutedTheConversationOrLeftGetsNothing() {
    BrowserSubscription phone = subscribed(ben);
    BrowserSubscription other = subscribed(cid);

    say("without ben", "Board", "ann", cid);
    say("with ben", "Board", "ann", ben, cid);

    received(3);
    assertThat(push.texts(phone)).hasSize(1).first().asString().contains("with ben");
    assertThat(push.texts(other)).hasSize(2);
  }

  @Test
  void whoStaysOnlineGetsNothing() {
    BrowserSubscription phone = subscribed(ben);
    BrowserSubscription other = subscribed(cid);
    NotificationUpstreams.online(ben, true);
    say("while online", "Board", "ann", ben, cid);
    received(1);
    awaitNothingLeft();

    NotificationUpstreams.online(ben, false);
    say("while away", "Board", "ann", ben, cid);

    received(3);
    assertThat(push.texts(phone)).hasSize(1).first().asString().contains("while away");
    assertThat(push.texts(other)).hasSize(2);
  }

  @Test
  void whoWasOnlineAndWentAwayWithoutReadingGetsIt() {
    BrowserSubscription phone = subscribed(ben);
    BrowserSubscription other = subscribed(cid);
    NotificationUpstreams.online(ben, true);

    say("just missed", "Board", "ann", ben, cid);
    await().until(() -> push.texts(other).size() == 1);
    NotificationUpstreams.online(ben, false);

    await().until(() -> push.texts(phone).size() == 1);
  }

  @Test
  void aRepeatedEventIsSentOnce() {
    BrowserSubscription phone = subscribed(ben);
    EventEnvelope event = message("once", null, "ann", ben);

    events.append(event);
    events.append(event);
    received(1);
    events.append(event);
    say("after it", null, "ann", ben);

    received(2);
    assertThat(push.texts(phone)).anyMatch(text -> text.contains("after it"));
  }

  @Test
  void aMessageFromBeforeTheSubscriptionIsNotSent() {
    EventEnvelope before = message("before", null, "ann", ben);
    BrowserSubscription phone = subscribed(ben);

    events.append(before);
    say("after", null, "ann", ben);

    received(1);
    assertThat(push.texts(phone).getFirst()).contains("after");
  }

  @Test
  void aFailureIsRepeatedAndRetryAfterIsHonoured() {
    subscribed(ben);
    push.answerNext(new Answer(500), new Answer(503));
    Instant before = Instant.now();

    say("stubborn", null, "ann", ben);
    received(1);

    push.answerNext(new Answer(429, "Retry-After", "1"));
    before = Instant.now();
    say("later", null, "ann", ben);
    received(2);
    assertThat(Instant.now()).isAfterOrEqualTo(before.plusSeconds(1));
  }

  @Test
  void theLastFailureEndsTheDelivery() {
    subscribed(ben);
    push.answerNext(new Answer(500), new Answer(500), new Answer(500));

    say("lost", null, "ann", ben);
    awaitNothingLeft();

    assertThat(push.received()).isEmpty();
  }

  @Test
  void aBrowserThatUnsubscribedIsForgotten() {
    for (int status : new int[] {404, 410}) {
      subscribed(ben);
      push.answerNext(new Answer(status));
      say("gone", null, "ann", ben);
      await().untilAsserted(() -> new Subscriber(tenant, ben).list().body("$", hasSize(0)));
    }
    assertThat(push.received()).isEmpty();
  }

  @Test
  void anOutageOfTheOtherServicesDelaysItOnly() {
    subscribed(ben);
    NotificationUpstreams.down(true);
    say("patience", null, "ann", ben);
    await()
        .until(() -> rows("select count(*) from notification.push_message where attempts > 1") > 0);

    NotificationUpstreams.down(false);

    received(1);
  }

  @Test
  void whatWasReadMeanwhileIsNotRepeated() {
    subscribed(ben);
    push.answerNext(new Answer(429, "Retry-After", "600"));
    EventEnvelope event = say("read elsewhere", null, "ann", ben);
    await().until(() -> deliveries("attempts = 1 and next_attempt_at > now() + '1 min'") == 1);
    UUID conversation = UUID.fromString(event.aggregate());

    events.append(
        events.of(
            tenant,
            conversation,
            new ChatEvent.PositionsChanged(
                conversation, ben, 1L, 1L, 2, List.of(), List.of(), null)));

    awaitNothingLeft();
    assertThat(push.received()).isEmpty();
  }

  @Test
  void aPersonWhoIsDeactivatedLosesTheirSubscriptions() {
    subscribed(ben);
    subscribed(cid);

    events.append(
        events.of(
            tenant,
            UUID.randomUUID(),
            new ChatEvent.UserUpserted(ben, "Ben", "ben@chat.test", false)));

    await().untilAsserted(() -> new Subscriber(tenant, ben).list().body("$", hasSize(0)));
    new Subscriber(tenant, cid).list().body("$", hasSize(1));
  }

  private BrowserSubscription subscribed(String person) {
    BrowserSubscription browser = push.subscribe();
    new Subscriber(tenant, person).subscribe(browser.request("es", "/chat")).statusCode(201);
    return browser;
  }

  private EventEnvelope say(String content, String group, String... people) {
    return events.append(message(content, group, people));
  }

  /// A message of ann.
  ///
  /// @param group the title; null for a direct conversation
  private EventEnvelope message(String content, String group, String... people) {
    EventEnvelope event = events.message(tenant, content);
    MessageView message = ((ChatEvent.MessageCreated) event.data()).message();
    NotificationUpstreams.audience(message.conversation().toString(), group, people);
    return event;
  }

  /// Waits until this many messages arrived and none is left to send.
  private List<Received> received(int count) {
    await().until(() -> push.received().size() >= count);
    awaitNothingLeft();
    assertThat(push.received()).hasSize(count);
    return push.received();
  }

  private void awaitNothingLeft() {
    await()
        .until(() ->
            rows(
                        "select count(*) from notification.push_message where state = 'pending'"
                            + " and tenant = '%s'".formatted(tenant))
                    == 0
                && rows(
                        "select count(*) from notification.push_message where tenant = '%s'"
                            .formatted(tenant))
                    > 0
                && deliveries("true") == 0);
  }

  private int deliveries(String condition) {
    return rows(
        "select count(*) from notification.push_delivery where tenant = '%s' and %s"
            .formatted(tenant, condition));
  }

  private static int rows(String sql) {
    return NotificationStores.number(sql);
  }
}
