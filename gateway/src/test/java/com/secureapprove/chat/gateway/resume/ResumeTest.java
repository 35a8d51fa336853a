package com.secureapprove.chat.gateway.resume;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.contracts.ChatEvent;
import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.TestBus;
import com.secureapprove.chat.gateway.UpstreamStubs;
import com.secureapprove.chat.platform.events.EventStreams;
import com.secureapprove.chat.testsupport.websocket.WebSocketClient;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.XTrimArgs;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reconnecting clients. In these tests the gateway keeps 40 entries in memory, and a client that
/// missed more than 400 entries must resync.
@QuarkusTest
class ResumeTest extends GatewayTest {
  @Inject RedisDataSource redis;
  @Inject TestBus bus;

  @ParameterizedTest(name = "{0} events")
  @ValueSource(ints = {0, 1, 30, 200})
  void missedEventsAreReplayedInOrderBeforeNewOnes(int count) {
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
  void everyEventIdIsAResumePosition() {
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
  void anInvalidPositionLeadsToAResync(String position) {
    assertResync(position);
  }

  @Test
  void aPositionThatIsNotOnTheStreamLeadsToAResync() {
    UUID conversation = services.conversation(1, "alice", "bob");
    say(conversation, 0, 3);
    String known = positionOf("bob");
    String[] parts = known.split("\\.");
    assertResync(parts[0] + "." + parts[1] + ".00000000");
    assertResync(parts[0] + "." + parts[1] + "9." + parts[2]);
    assertResync(parts[0] + ".1-1." + parts[2]);
    assertResync((Integer.parseInt(parts[0]) + 1) % 8 + "." + parts[1] + "." + parts[2]);
  }

  @Test
  void aPositionOfAnotherStreamLeadsToAResync() {
    UUID theirs = services.conversation(1, "dave");
    assertThat(EventStreams.shardOf("globex")).isNotEqualTo(EventStreams.shardOf("acme"));
    bus.publish("globex", 1, TestBus.message(theirs, "theirs", 1, null));
    try (Client dave = Client.connected("globex", "dave")) {
      assertResync(dave.nothingButPong().path("event_id").asText());
    }
  }

  @Test
  void aTrimmedPositionLeadsToAResync() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    say(conversation, 0, 100);
    redis.stream(String.class).xtrim(TestBus.stream("acme"), new XTrimArgs().maxlen(60));
    assertResync(position);
  }

  @Test
  void tooManyMissedEntriesLeadToAResync() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    say(conversation, 0, 450);
    assertResync(position);
  }

  /// Carol's connections wait for each other's reads of the stream, and Bob's waits for none of
  /// them.
  @Test
  void manyResumesOfOnePersonDoNotDelayThoseOfOthers() {
    UUID conversation = services.conversation(1, "bob", "carol");
    String position = positionOf("bob");
    int missed = 390;
    say(conversation, 0, missed);
    List<Replay> flood = Stream.generate(() -> new Replay(missed)).limit(45).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      flood.forEach(replay -> threads.execute(() -> replay.open("carol", position)));
    }
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(contents(bob, missed)).isEqualTo(numbers(0, missed));
      assertThat(flood.stream().filter(Replay::isComplete).count()).isLessThan(flood.size());
    } finally {
      flood.forEach(Replay::close);
    }
  }

  /// A connection that counts the messages that it receives.
  private static final class Replay implements WebSocketClient.Listener, AutoCloseable {
    private final CountDownLatch missing;
    private @Nullable WebSocketClient socket;

    Replay(int missed) {
      missing = new CountDownLatch(missed);
    }

    void open(String person, String position) {
      socket =
          WebSocketClient.builder()
              .header("Authorization", "Bearer " + Client.token("acme", person))
              .open(
                  URI.create(
                      Client.origin().replace("http:", "ws:")
                          + "/ws/chat/?last_event_id="
                          + position),
                  this);
    }

    boolean isComplete() {
      return missing.getCount() == 0;
    }

    @Override
    public void onText(String frame) {
      if (frame.contains("\"message_created\"")) {
        missing.countDown();
      }
    }

    @Override
    public void onClosed(int code) {}

    @Override
    public void close() {
      if (socket != null) {
        socket.abort();
      }
    }
  }

  @Test
  void tooManyMissedBytesLeadToAResync() {
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
    assertResync(position);
  }

  @Test
  void aRemovedPersonReceivesOnlyTheRemoval() {
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

  @ParameterizedTest(name = "message before the addition: {0}")
  @ValueSource(booleans = {false, true})
  void anAddedPersonReceivesTheEventsAfterTheAddition(boolean overtaken) {
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
      List<String> received = List.of(typeOrContent(bob), typeOrContent(bob));
      assertThat(received)
          .isEqualTo(
              overtaken
                  ? List.of("after", "participant_added")
                  : List.of("participant_added", "after"));
      bob.nothingButPong();
    }
  }

  @Test
  void aPersonWhoLeftAndReturnedReceivesTheEventsOfTheirMembership() {
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
      assertThat(
              List.of(
                  typeOrContent(bob), typeOrContent(bob), typeOrContent(bob), typeOrContent(bob)))
          .containsExactly("still in", "participant_removed", "participant_added", "back");
      bob.nothingButPong();
    }
  }

  @Test
  void ownMessagesFromOtherConnectionsAreReplayed() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    bus.publish(
        "acme", 1, TestBus.messageOf("bob", conversation, "mine", 1, "bob's other session"));
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(typeOrContent(bob)).isEqualTo("mine");
    }
  }

  @Test
  void everyEventTypeIsReplayedToItsRecipients() {
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
      assertThat(
              List.of(
                  typeOrContent(bob), typeOrContent(bob), typeOrContent(bob), typeOrContent(bob)))
          .containsExactly(
              "conversation_updated", "conversation_updated", "message_status", "notification_x");
      bob.nothingButPong();
    }
  }

  @Test
  void aReplayedMessageIsReportedAsDelivered() {
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
  void aConnectionIsClosedWithTryAgainIfMembershipsCannotBeLoaded() {
    String position = positionOf("bob");
    services.conversationsAreDown(true);
    try (Client bob = Client.resumed("acme", "bob", position)) {
      assertThat(bob.closeCode()).isEqualTo(1013);
    }
  }

  @Test
  void afterAFailedLookupClientsResyncAndCanStillResume() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position;
    try (Client bob = Client.connected("acme", "bob")) {
      position = bob.nothingButPong().path("event_id").asText();
      services.conversationsAreDown(true);
      bus.publish("acme", 1, TestBus.message(conversation, "undecided", 9, null));
      bus.publish("acme", 1, TestBus.message(conversation, "for both", 1, null));
      bob.nextOf("resync");
      assertThat(typeOrContent(bob)).isEqualTo("resync");
      services.conversationsAreDown(false);
    }
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(List.of(typeOrContent(bob), typeOrContent(bob)))
          .containsExactly("undecided", "for both");
    }
  }

  @Test
  void aLostStreamResyncsConnectedAndReturningClients() {
    UUID conversation = services.conversation(1, "alice", "bob");
    say(conversation, 0, 3);
    String position = positionOf("bob");
    try (Client bob = Client.connected("acme", "bob")) {
      redis.key().del(TestBus.stream("acme"));
      // with lower entry IDs than before
      redis.stream(String.class)
          .xadd(
              TestBus.stream("acme"),
              new io.quarkus.redis.datasource.stream.XAddArgs().id("5-1"),
              Map.of(EventStreams.FIELD, "not an event"));
      JsonNode resync = bob.nextOf("resync");
      assertResync(position);
      say(conversation, 3, 2);
      assertThat(contents(bob, 2)).isEqualTo(numbers(3, 2));
      try (Client again = Client.resumed("acme", "bob", resync.path("event_id").asText())) {
        again.nextOf("connected");
        assertThat(contents(again, 2)).isEqualTo(numbers(3, 2));
      }
    }
  }

  @Test
  void anEventThatRedisLostIsDeliveredOnceItIsAppendedAgain() {
    UUID conversation = services.conversation(1, "alice", "bob", "carol");
    String before = positionOf("bob");
    EventEnvelope event =
        TestBus.envelope("acme", 1, TestBus.message(conversation, "lost at first", 1, null));
    try (Client carol = Client.connected("acme", "carol")) {
      String entry = bus.publish(event);
      assertThat(typeOrContent(carol)).isEqualTo("lost at first");
      redis.stream(String.class).xdel(TestBus.stream("acme"), entry);
      carol.nextOf("resync");
      try (Client early = Client.resumed("acme", "bob", before)) {
        early.nextOf("connected");
        early.nothingButPong();
        bus.publish(event);
        assertThat(typeOrContent(early)).isEqualTo("lost at first");
      }
      try (Client late = Client.resumed("acme", "bob", before)) {
        late.nextOf("connected");
        assertThat(typeOrContent(late)).isEqualTo("lost at first");
        late.nothingButPong();
      }
    }
  }

  @ParameterizedTest(name = "{0} events in between")
  @ValueSource(ints = {3, 100})
  void aDuplicateOnTheStreamIsReplayedOnce(int between) {
    UUID conversation = services.conversation(1, "alice", "bob");
    String position = positionOf("bob");
    EventEnvelope twice =
        TestBus.envelope("acme", 1, TestBus.message(conversation, "twice", 1, null));
    bus.publish(twice);
    say(conversation, 0, between);
    bus.publish(twice);
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      assertThat(typeOrContent(bob)).isEqualTo("twice");
      assertThat(contents(bob, between)).isEqualTo(numbers(0, between));
      bob.nothingButPong();
    }
  }

  private void assertResync(String position) {
    try (Client bob = Client.resumed("acme", "bob", position)) {
      assertThat(bob.next().path("type").asText()).isEqualTo("connected");
      JsonNode resync = bob.next();
      assertThat(resync.path("type").asText()).isEqualTo("resync");
      JsonNode pong = bob.nothingButPong();
      assertThat(pong.path("event_id").asText()).isEqualTo(resync.path("event_id").asText());
    }
  }

  /// The position of a client that has received all events until now.
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

  private static String typeOrContent(Client client) {
    JsonNode frame = client.next();
    return frame.path("message").path("content").asText(frame.path("type").asText());
  }

  private static List<String> contents(Client client, int count) {
    return IntStream.range(0, count).mapToObj(_ -> typeOrContent(client)).toList();
  }

  private static List<String> numbers(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Integer::toString).toList();
  }
}
