package com.secureapprove.chat.systemtests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import com.secureapprove.chat.testsupport.push.BrowserSubscription;
import com.secureapprove.chat.testsupport.push.PushStub;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A message reaches the closed browsers of its receivers. notification-service is optional, so
/// this test starts it, and stops it at the end.
@ExtendWith(RunningSuite.class)
class WebPushST {
  private static final String SUBSCRIPTIONS = "push_subscriptions/";

  private final Suite suite;
  private final Tenant tenant;
  private final List<ChatUser> people;
  private PushStub push;

  WebPushST(Suite suite) {
    this.suite = suite;
    tenant = suite.newTenant();
    people = tenant.people("alice", "bob", "carol");
  }

  @BeforeEach
  void start() {
    suite.stack().start(Component.NOTIFICATION);
    push =
        PushStub.start(people.getFirst().get("me/").expect(200).path("push_public_key").asText());
  }

  @AfterEach
  void stop() {
    push.close();
    suite.stack().stop(Component.NOTIFICATION);
  }

  @Test
  void aMessageIsAnnouncedToThoseWhoAreAwayAndHaveNotMutedTheConversation() {
    ChatUser alice = people.getFirst();
    ChatUser bob = people.get(1);
    ChatUser carol = people.getLast();
    String group =
        alice
            .post(
                "conversations/start_group/",
                Map.of("participant_ids", List.of(bob.id(), carol.id()), "title", "Board"))
            .expect(201)
            .path("id")
            .asText();
    BrowserSubscription own = subscribed(alice);
    BrowserSubscription phone = subscribed(bob);
    BrowserSubscription muted = subscribed(carol);
    carol.patch("conversations/" + group + "/mute/").expect(200);

    sayUntilReceived(group, phone);

    JsonNode announced = Json.read(push.texts(phone).getFirst());
    assertThat(announced.path("conversation").asText()).isEqualTo(group);
    assertThat(announced.path("page").asText()).isEqualTo("/chat");
    assertThat(announced.has("sender") || announced.has("text")).isFalse();
    assertThat(push.texts(own)).isEmpty();
    assertThat(push.texts(muted)).isEmpty();
    assertThat(push.refused()).isEmpty();
  }

  @Test
  void theSubscriptionsOfAPersonAreTheirs() {
    ChatUser alice = people.getFirst();
    ChatUser bob = people.get(1);
    Map<String, Object> body = push.subscribe().request("es", "/chat");
    String id = alice.post(SUBSCRIPTIONS, body).expect(201).path("id").asText();

    assertThat(alice.get(SUBSCRIPTIONS).expect(200)).hasSize(1);
    assertThat(bob.get(SUBSCRIPTIONS).expect(200)).isEmpty();
    assertThat(bob.send("DELETE", SUBSCRIPTIONS + id + "/", "").status()).isEqualTo(204);
    assertThat(alice.get(SUBSCRIPTIONS).expect(200)).hasSize(1);
    for (int times = 0; times < 2; times++) {
      assertThat(alice.send("DELETE", SUBSCRIPTIONS + id + "/", "").status()).isEqualTo(204);
    }
    assertThat(alice.get(SUBSCRIPTIONS).expect(200)).isEmpty();

    Map<String, Object> inside = new HashMap<>(body);
    inside.put("endpoint", "https://169.254.169.254/latest");
    alice.post(SUBSCRIPTIONS, inside).expectProblem(400);
    alice.send("PATCH", SUBSCRIPTIONS + id + "/", "{}").expectProblem(405);
  }

  private BrowserSubscription subscribed(ChatUser person) {
    BrowserSubscription browser = push.subscribe();
    person.post(SUBSCRIPTIONS, browser.request("en", "/chat")).expect(201);
    return browser;
  }

  /// The requests of the test made everyone active. Bob's last one can be reported up to a second
  /// later, so the first message may still find him online.
  private void sayUntilReceived(String group, BrowserSubscription browser) {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          people.forEach(tenant::wasActiveLongAgo);
          people.getFirst().say(group, "are you there?");
          return !push.texts(browser).isEmpty();
        });
  }
}
