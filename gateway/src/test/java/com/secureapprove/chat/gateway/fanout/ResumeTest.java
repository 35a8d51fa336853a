package com.secureapprove.chat.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.UpstreamStubs;
import com.secureapprove.chat.platform.events.EventStreams;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.XTrimArgs;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that come back. In these tests a gateway keeps 40 entries in memory, and gives up where
/// more than 400 were missed.
@QuarkusTest
class ResumeTest extends GatewayTest {
  @Inject RedisDataSource redis;
  @Inject TestBus bus;

  @ParameterizedTest(name = "{0} events")
  @ValueSource(ints = {0, 1, 30, 200})
  void whatWasMissedComesInItsOrderAndThenWhatIsNew(int count) {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    say(conversation, 0, count);
    try (Client bob = Client.resumed("acme", "bob", position)) {
      JsonNode greeting = bob.next();
      assertThat(greeting.path("type").asText()).isEqualTo("connected");
      assertThat(greeting.path("event_id").asText()).isEqualTo(position);
      assertThat(contents(bob, count)).isEqualTo(numbers(0, count));
      bob.nothingButPong();
      say(conversation, count, 1);
      assertThat(contents(bob, 1)).isEqualTo(numbers(count, 1));
    }
  }

  @Test
  void aPositionInTheMiddleIsAsGoodAsAPongs() {
    UUID conversation = services.conversation(1, "alice", "bob");
    List<String> positions = new ArrayList<>();
    try (Client bob = Client.connected("acme", "bob")) {
      say(conversation, 0, 10);
      for (int i = 0; i < 10; i++) {
        positions.add(bob.next().path("event_id").asText());
      }
      assertThat(bob.nothingButPong().path("event_id").asText()).isEqualTo(positions.getLast());
    }
    for (int i = 0; i < 10; i++) {
      try (Client bob = Client.resumed("acme", "bob", positions.get(i))) {
        bob.nextOf("connected");
        assertThat(contents(bob, 9 - i)).isEqualTo(numbers(i + 1, 9 - i));
        bob.nothingButPong();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "",
        "0-0",
        "0.0-0.00000000",
        "-1.5-5.00000000",
        "99.1700000000000-0.01234567",
        "999999999999999999999.1-1.0",
        "\u0000",
        "0.1-1.0123456g"
      })
  void whoComesWithWhatIsNoPositionReloads(String position) {
    reloads(position);
  }

  @Test
  void whoComesWithAPositionThatIsNotOnTheStreamReloads() {
    UUID conversation = services.conversation(1, "alice", "bob");
    say(conversation, 0, 3);
    String known = positionOf("bob");
    String[] parts = known.split("\\.");
    reloads(parts[0] + "." + parts[1] + ".00000000");
    reloads(parts[0] + "." + parts[1] + "9." + parts[2]);
    reloads(parts[0] + ".1-1." + parts[2]);
    reloads((Integer.parseInt(parts[0]) + 1) % 8 + "." + parts[1] + "." + parts[2]);
  }

  @Test
  void whoComesWithAPositionOfAnotherTenantsStreamReloads() {
    UUID theirs = services.conversation(1, "dave");
    assertThat(EventStreams.shardOf("globex")).isNotEqualTo(EventStreams.shardOf("acme"));
    bus.publish("globex", 1, TestBus.message(theirs, "theirs", 1, null));
    try (Client dave = Client.connected("globex", "dave")) {
      reloads(dave.nothingButPong().path("event_id").asText());
    }
  }

  @Test
  void whoComesWithAPositionThatIsNotKeptReloads() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    say(conversation, 0, 100);
    redis.stream(String.class).xtrim(TestBus.stream("acme"), new XTrimArgs().maxlen(60));
    reloads(position);
  }

  @Test
  void whoHasMissedTooMuchReloads() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    say(conversation, 0, 450);
    reloads(position);
  }

  @Test
  void whoHasMissedTooManyBytesReloads() {
    String position = positionOf("bob");
    String data = "{\"x\":\"" + "x".repeat(200_000) + "\"}";
    for (int i = 0; i < 25; i++) {
      bus.publish(
          "acme",
          1,
          new ChatEvent.NotificationPublished(
              List.of(UpstreamStubs.userId("carol")),
              "notification_x",
              data,
              java.time.Instant.now()));
    }
    reloads(position);
  }

  @Test
  void whoWasRemovedHearsOfThatAndNothingElse() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    say(conversation, 0, 2);
    services.change(conversation, 2, "alice");
    bus.publish("acme", 2, TestBus.removed(conversation, "bob"));
    bus.publish("acme", 1, TestBus.message(conversation, "among us", 2, null));
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      JsonNode removed = bob.next();
      assertThat(removed.path("type").asText()).isEqualTo("participant_removed");
      assertThat(removed.path("user_id").asText()).isEqualTo(UpstreamStubs.userId("bob"));
      bob.nothingButPong();
    }
  }

  @ParameterizedTest(name = "the message comes before the news: {0}")
  @ValueSource(booleans = {false, true})
  void whoWasAddedHearsOfWhatCameAfter(boolean overtaken) {
    UUID conversation = services.conversation(1, "alice");
    String position = positionOf("bob");
    bus.publish("acme", 1, TestBus.message(conversation, "before", 1, null));
    services.change(conversation, 2, "alice", "bob");
    List<Runnable> news =
        List.of(
            () -> bus.publish("acme", 2, TestBus.added(conversation, "bob")),
            () -> bus.publish("acme", 1, TestBus.message(conversation, "after", 2, null)));
    (overtaken ? news.reversed() : news).forEach(Runnable::run);
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      List<String> heard = List.of(told(bob), told(bob));
      assertThat(heard)
          .isEqualTo(
              overtaken
                  ? List.of("after", "participant_added")
                  : List.of("participant_added", "after"));
      bob.nothingButPong();
    }
  }

  @Test
  void whoLeftAndReturnedHearsOfTheTimesWhenTheyWereIn() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    bus.publish("acme", 1, TestBus.message(conversation, "still in", 1, null));
    bus.publish("acme", 2, TestBus.removed(conversation, "bob"));
    bus.publish("acme", 1, TestBus.message(conversation, "without", 2, null));
    services.change(conversation, 3, "alice", "bob");
    bus.publish("acme", 3, TestBus.added(conversation, "bob"));
    bus.publish("acme", 1, TestBus.message(conversation, "back", 3, null));
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(List.of(told(bob), told(bob), told(bob), told(bob)))
          .containsExactly("still in", "participant_removed", "participant_added", "back");
      bob.nothingButPong();
    }
  }

  @Test
  void onesOwnMessagesFromOtherSessionsComeToo() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    bus.publish(
        "acme", 1, TestBus.messageOf("bob", conversation, "mine", 1, "bob's other session"));
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(told(bob)).isEqualTo("mine");
    }
  }

  @Test
  void everyKindOfEventComesAgainToThoseWhomItConcerns() {
    UUID conversation = services.conversation(3, "alice", "bob");
    UUID strange = services.conversation(1, "alice");
    String position = positionOf("bob");
    String me = UpstreamStubs.userId("bob");
    String alice = UpstreamStubs.userId("alice");
    bus.publish("acme", 3, new ChatEvent.ConversationUpdated(conversation, "title", alice));
    bus.publish("acme", 2, new ChatEvent.ConversationUpdated(strange, "theirs", alice));
    bus.publish(
        "acme", 1, new ChatEvent.ConversationPreferencesChanged(conversation, me, true, false, 1L));
    bus.publish(
        "acme",
        1,
        new ChatEvent.ConversationPreferencesChanged(conversation, alice, true, false, 1L));
    bus.publish(
        "acme",
        1,
        new ChatEvent.PositionsChanged(conversation, me, 1L, 1L, 2, List.of(), List.of(), null));
    bus.publish(
        "acme",
        1,
        new ChatEvent.NotificationPublished(
            List.of(me), "notification_x", "{}", java.time.Instant.now()));
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(List.of(told(bob), told(bob), told(bob), told(bob)))
          .containsExactly(
              "conversation_updated", "conversation_updated", "message_status", "notification_x");
      bob.nothingButPong();
    }
  }

  @Test
  void whatIsGivenLaterCountsAsDeliveredToo() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    say(conversation, 0, 1);
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("message_created");
      assertThat(services.awaitCall("/internal/delivered", conversation.toString()).body())
          .contains("\"user_id\":\"id-of-bob\"");
    }
  }

  @Test
  void whoComesWhileNobodySaysWhoIsInWhatIsToldToComeLater() {
    String position = positionOf("bob");
    services.conversationsAreDown(true);
    try (Client bob = Client.resumed("acme", "bob", position)) {
      assertThat(bob.closeCode()).isEqualTo(1013);
    }
  }

  @Test
  void whereNobodySaysWhoMayHearOfAMessageClientsReloadAndCanStillComeBack() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position;
    try (Client bob = Client.connected("acme", "bob")) {
      position = bob.nothingButPong().path("event_id").asText();
      services.conversationsAreDown(true);
      bus.publish("acme", 1, TestBus.message(conversation, "for whom?", 9, null));
      bus.publish("acme", 1, TestBus.message(conversation, "for both", 1, null));
      bob.nextOf("resync");
      assertThat(told(bob)).isEqualTo("resync");
      services.conversationsAreDown(false);
    }
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(List.of(told(bob), told(bob))).containsExactly("for whom?", "for both");
    }
  }

  @Test
  void aLostStreamMakesClientsReloadWhetherTheyAreHereOrNot() {
    UUID conversation = services.conversation(1, "alice", "bob");
    say(conversation, 0, 3);
    String position = positionOf("bob");
    try (Client bob = Client.connected("acme", "bob")) {
      redis.key().del(TestBus.stream("acme"));
      // ids that are lower than those that were seen
      redis.stream(String.class)
          .xadd(
              TestBus.stream("acme"),
              new io.quarkus.redis.datasource.stream.XAddArgs().id("5-1"),
              Map.of(EventStreams.FIELD, "not an event"));
      JsonNode resync = bob.nextOf("resync");
      reloads(position);
      say(conversation, 3, 2);
      assertThat(contents(bob, 2)).isEqualTo(numbers(3, 2));
      try (Client again = Client.resumed("acme", "bob", resync.path("event_id").asText())) {
        again.nextOf("connected");
        assertThat(contents(again, 2)).isEqualTo(numbers(3, 2));
      }
    }
  }

  @Test
  void whatRedisLostComesToThoseWhoStoodBeforeItOnceItIsAppendedAgain() {
    UUID conversation = services.conversation(1, "alice", "bob", "carol");
    String before = positionOf("bob");
    EventEnvelope event =
        TestBus.envelope("acme", 1, TestBus.message(conversation, "lost at first", 1, null));
    try (Client carol = Client.connected("acme", "carol")) {
      String entry = bus.publish(event);
      assertThat(told(carol)).isEqualTo("lost at first");
      redis.stream(String.class).xdel(TestBus.stream("acme"), entry);
      carol.nextOf("resync");
      try (Client early = Client.resumed("acme", "bob", before)) {
        early.nextOf("connected");
        early.nothingButPong();
        bus.publish(event);
        assertThat(told(early)).isEqualTo("lost at first");
      }
      try (Client late = Client.resumed("acme", "bob", before)) {
        late.nextOf("connected");
        assertThat(told(late)).isEqualTo("lost at first");
        late.nothingButPong();
      }
    }
  }

  @ParameterizedTest(name = "{0} events in between")
  @ValueSource(ints = {3, 100})
  void whatIsOnTheStreamTwiceComesOnce(int between) {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    EventEnvelope twice =
        TestBus.envelope("acme", 1, TestBus.message(conversation, "twice", 1, null));
    bus.publish(twice);
    say(conversation, 0, between);
    bus.publish(twice);
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(told(bob)).isEqualTo("twice");
      assertThat(contents(bob, between)).isEqualTo(numbers(0, between));
      bob.nothingButPong();
    }
  }

  private void reloads(String position) {
    try (Client bob = Client.resumed("acme", "bob", position)) {
      assertThat(bob.next().path("type").asText()).isEqualTo("connected");
      JsonNode resync = bob.next();
      assertThat(resync.path("type").asText()).isEqualTo("resync");
      JsonNode pong = bob.nothingButPong();
      assertThat(pong.path("event_id").asText()).isEqualTo(resync.path("event_id").asText());
    }
  }

  /// Where somebody stands who has got everything that there is now.
  private String positionOf(String userName) {
    UUID alone = services.conversation(1, userName);
    try (Client client = Client.connected("acme", userName)) {
      bus.publish("acme", 1, TestBus.message(alone, "here", 1, null));
      client.nextOf("message_created");
      return client.nothingButPong().path("event_id").asText();
    }
  }

  private void say(UUID conversation, int from, int count) {
    for (String content : numbers(from, count)) {
      bus.publish("acme", 1, TestBus.message(conversation, content, 1, null));
    }
  }

  private static String told(Client client) {
    JsonNode frame = client.next();
    return frame.path("message").path("content").asText(frame.path("type").asText());
  }

  private static List<String> contents(Client client, int count) {
    return IntStream.range(0, count).mapToObj(_ -> told(client)).toList();
  }

  private static List<String> numbers(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Integer::toString).toList();
  }
}
