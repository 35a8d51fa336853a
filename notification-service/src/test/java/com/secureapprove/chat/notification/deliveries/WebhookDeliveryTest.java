package com.secureapprove.chat.notification.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.notification.Administrator;
import com.secureapprove.chat.notification.Administrator.Created;
import com.secureapprove.chat.notification.Events;
import com.secureapprove.chat.notification.NotificationStores;
import com.secureapprove.chat.notification.Receiver;
import com.secureapprove.chat.notification.Receiver.Call;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NotificationStores.class)
class WebhookDeliveryTest {
  @Inject Events events;
  @Inject DeliveryCleaning cleaning;

  private final Administrator admin = Administrator.ofNewTenant();
  private final Receiver receiver = Receiver.start();

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void aMessageIsDeliveredSignedAndWithoutWhatIsPersonal() {
    Created endpoint = admin.created(receiver.url(), "message.created");

    EventEnvelope event = events.append(events.message(admin.tenant(), "Olá"));

    Call call = calls(1).getFirst();
    assertThat(call.path()).isEqualTo("/hooks?from=chat");
    assertThat(call.headers()).containsEntry("content-type", "application/json");
    assertThat(call.id()).isEqualTo("msg_" + event.id());
    assertThat(call.isSignedBy(endpoint.secret())).isTrue();
    assertThat(Long.parseLong(call.headers().get("webhook-timestamp")))
        .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(60L));
    assertThat(call.json().path("type").asText()).isEqualTo("message.created");
    assertThat(call.json().at("/data/content").asText()).isEqualTo("Olá");
    assertThat(call.json().at("/data/sender_id").asText()).isEqualTo("ann");
    assertThat(call.json().path("data").has("status")).isFalse();
    assertThat(call.body()).doesNotContain("key-1", "session");
    awaitState(endpoint, "delivered");
    admin
        .get(endpoint.id() + "/deliveries/")
        .body("[0].last_status", equalTo(204))
        .body("[0].attempts", equalTo(1))
        .body("[0].event_type", equalTo("message.created"));
  }

  @Test
  void onlyTheTypesThatAnEndpointWantsAreDelivered() {
    admin.created(receiver.url(), "participant.removed", "user.updated");
    UUID conversation = UUID.randomUUID();

    events.append(events.message(admin.tenant(), "not wanted"));
    events.append(
        events.of(
            admin.tenant(),
            conversation,
            new ChatEvent.ParticipantRemoved(conversation, "ben", "ann")));
    events.append(
        events.of(
            admin.tenant(),
            UUID.randomUUID(),
            new ChatEvent.UserUpserted("ben", "Ben", "ben@example.test", false)));

    assertThat(calls(2))
        .extracting(call -> call.json().path("type").asText())
        .containsExactlyInAnyOrder("participant.removed", "user.updated");
    assertThat(calls(2))
        .filteredOn(call -> call.body().contains("participant.removed"))
        .extracting(call -> call.json().at("/data/user_id").asText())
        .containsExactly("ben");
  }

  @Test
  void aRepeatedEventIsDeliveredOnce() {
    Created endpoint = admin.created(receiver.url(), "message.created");
    EventEnvelope event = events.message(admin.tenant(), "once");

    events.append(event);
    events.append(event);
    events.append(events.message(admin.tenant(), "after it"));

    await().until(() -> admin.deliveries(endpoint).size() == 2);
    awaitState(endpoint, "delivered");
    assertThat(calls(2)).extracting(Call::id).doesNotHaveDuplicates();
  }

  @Test
  void eventsFromBeforeTheEndpointAreNotDelivered() {
    Instant before = Instant.now().minusSeconds(5);
    Created endpoint = admin.created(receiver.url(), "message.created");
    EventEnvelope old = events.message(admin.tenant(), "old");

    events.append(
        new EventEnvelope(
            old.id(), old.tenant(), old.aggregate(), old.version(), before, old.data()));
    events.append(events.message(admin.tenant(), "new"));

    assertThat(calls(1).getFirst().body()).contains("new");
    assertThat(admin.deliveries(endpoint)).hasSize(1);
  }

  @Test
  void aFailedAttemptIsRepeatedWithTheSameIdUntilItIsAccepted() {
    receiver.answering(
        Receiver.inTurn(Receiver.status(500), Receiver.status(302), Receiver.status(200)));
    Created endpoint = admin.created(receiver.url(), "message.created");

    events.append(events.message(admin.tenant(), "stubborn"));

    assertThat(calls(3)).extracting(Call::id).containsOnly(receiver.calls().getFirst().id());
    awaitState(endpoint, "delivered");
    admin.get(endpoint.id() + "/deliveries/").body("[0].attempts", equalTo(3));
  }

  @Test
  void retryAfterDelaysTheNextAttempt() {
    receiver.answering(Receiver.status(429, "Retry-After", "3600"));
    Created endpoint = admin.created(receiver.url(), "message.created");

    events.append(events.message(admin.tenant(), "later"));

    await().until(() -> Integer.valueOf(429).equals(first(endpoint).get("last_status")));
    assertThat(Instant.parse((String) first(endpoint).get("next_attempt_at")))
        .isAfter(Instant.now().plus(Duration.ofMinutes(55)));
    assertThat(receiver.calls()).hasSize(1);
  }

  @Test
  void theLastFailureMakesItDeadAndItCanBeSentAgain() {
    receiver.answering(Receiver.status(503));
    Created endpoint = admin.created(receiver.url(), "message.created");
    events.append(events.message(admin.tenant(), "dead"));
    awaitState(endpoint, "dead");
    assertThat(first(endpoint))
        .containsEntry("attempts", 3)
        .containsEntry("last_error", "the receiver answered 503");
    String id = (String) first(endpoint).get("id");
    admin.get(endpoint.id() + "/deliveries/?state=dead").body("$", hasSize(1));
    admin.get(endpoint.id() + "/deliveries/?state=delivered").body("$", hasSize(0));
    admin.get(endpoint.id()).body("disabled_reason", org.hamcrest.Matchers.notNullValue());
    resend(endpoint, id).statusCode(409);

    admin.post(endpoint.id() + "/enable/").statusCode(200);
    receiver.answering(Receiver.status(204));
    resend(endpoint, id).statusCode(202).body("state", equalTo("pending"));

    awaitState(endpoint, "delivered");
  }

  @Test
  void anEndpointThatIsGoneIsNotCalledAgain() {
    receiver.answering(Receiver.status(410));
    Created endpoint = admin.created(receiver.url(), "message.created");

    events.append(events.message(admin.tenant(), "gone"));
    awaitState(endpoint, "dead");
    admin.get(endpoint.id()).body("disabled_reason", equalTo("The receiver answered 410"));
    Receiver second = Receiver.start();
    try {
      admin.created(second.url(), "message.created");
      events.append(events.message(admin.tenant(), "after it"));
      await().until(() -> second.calls().size() == 1);
    } finally {
      second.close();
    }

    assertThat(receiver.calls()).hasSize(1);
    assertThat(admin.deliveries(endpoint)).hasSize(1);
  }

  @Test
  void bothSecretsSignAfterARotation() {
    Created endpoint = admin.created(receiver.url(), "message.created");
    String secret =
        admin.post(endpoint.id() + "/rotate_secret/").statusCode(200).extract().path("secret");

    events.append(events.message(admin.tenant(), "rotated"));

    Call call = calls(1).getFirst();
    assertThat(secret).startsWith("whsec_").isNotEqualTo(endpoint.secret());
    assertThat(call.isSignedBy(secret)).isTrue();
    assertThat(call.isSignedBy(endpoint.secret())).isTrue();
  }

  @Test
  void aReceiverThatDoesNotAnswerHoldsOnlyItsTenant() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    receiver.answering(exchange -> {
      try {
        never.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    });
    admin.created(receiver.url(), "message.created");
    for (int i = 0; i < 20; i++) {
      events.append(events.message(admin.tenant(), "slow " + i));
    }
    await().until(() -> receiver.calls().size() >= 3);

    Administrator other = Administrator.ofNewTenant();
    try (Receiver quick = Receiver.start()) {
      other.created(quick.url(), "message.created");
      events.append(events.message(other.tenant(), "quick"));
      // Sooner than the slow receiver's calls end, which could hold all slots of the replica.
      await().atMost(Duration.ofSeconds(3)).until(() -> quick.calls().size() == 1);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aDeletedEndpointAndItsDeliveriesAreUnknown() {
    Created endpoint = admin.created(receiver.url(), "message.created");
    events.append(events.message(admin.tenant(), "deleted"));
    awaitState(endpoint, "delivered");

    admin.delete(endpoint.id()).statusCode(204);

    admin.get("").body("$", hasSize(0));
    admin.get(endpoint.id()).statusCode(404);
    admin.get(endpoint.id() + "/deliveries/").statusCode(404);
  }

  @Test
  void theListOfDeliveriesIsPaged() {
    Created endpoint = admin.created(receiver.url(), "message.created");
    for (int i = 0; i < 3; i++) {
      events.append(events.message(admin.tenant(), "page"));
    }
    await().until(() -> admin.deliveries(endpoint).size() == 3);

    var page = admin.get(endpoint.id() + "/deliveries/?limit=2").body("$", hasSize(2)).extract();
    String next = page.header("Link").replaceAll(".*/deliveries/([^>]*)>.*", "$1");
    assertThat(page.header("Link")).contains("rel=\"next\"");
    admin.get(endpoint.id() + "/deliveries/" + next).body("$", hasSize(1));
    admin.get(endpoint.id() + "/deliveries/?limit=0").statusCode(400);
    admin.get(endpoint.id() + "/deliveries/?state=lost").statusCode(400);
    admin.get(endpoint.id() + "/deliveries/?cursor=x").statusCode(400);
  }

  @Test
  void cleaningKeepsWhatIsYoung() {
    Created endpoint = admin.created(receiver.url(), "message.created");
    events.append(events.message(admin.tenant(), "young"));
    awaitState(endpoint, "delivered");

    cleaning.clean();

    assertThat(admin.deliveries(endpoint)).hasSize(1);
  }

  private io.restassured.response.ValidatableResponse resend(Created endpoint, String delivery) {
    return admin.post(endpoint.id() + "/deliveries/" + delivery + "/resend/");
  }

  private Map<String, Object> first(Created endpoint) {
    List<Map<String, Object>> all = admin.deliveries(endpoint);
    return all.isEmpty() ? Map.of() : all.getFirst();
  }

  private void awaitState(Created endpoint, String state) {
    await()
        .until(() -> {
          List<Map<String, Object>> all = admin.deliveries(endpoint);
          return !all.isEmpty() && all.stream().allMatch(each -> state.equals(each.get("state")));
        });
  }

  /// Waits until this many calls arrived, and returns them.
  private List<Call> calls(int count) {
    await().until(() -> receiver.calls().size() >= count);
    assertThat(receiver.calls()).hasSize(count);
    return receiver.calls();
  }
}
