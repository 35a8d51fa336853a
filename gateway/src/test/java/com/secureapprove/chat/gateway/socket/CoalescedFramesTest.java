package com.secureapprove.chat.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The frame budget of a connection is no budget of calls to the services.
@QuarkusTest
class CoalescedFramesTest extends GatewayTest {
  private static final int FRAMES = 150;
  private static final int CHANGES_PER_MINUTE = 120;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern SETS = Pattern.compile("cmdstat_set:calls=(\\d+)");

  @Inject RedisDataSource redis;

  @Test
  void manyPositionsThatWaitAreForwardedTogether() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String path = "/api/chat/conversations/" + conversation + "/mark_read";
    String together = "/internal/conversations/" + conversation + "/read";
    services.hang(path);
    try (Client alice = Client.connected("acme", "alice")) {
      markRead(alice, conversation, UUID.randomUUID().toString());
      services.awaitCall(path);
      // Ids are random, so none of them may be left out because of its text.
      List<String> ids =
          Stream.generate(UUID::randomUUID).limit(FRAMES).map(UUID::toString).toList();
      ids.forEach(id -> markRead(alice, conversation, id));
      alice.nothingButPong();
      services.goOn();
      String body = services.awaitCall(together).body();
      assertThat(ids).allMatch(body::contains);
      assertThat(services.calls(path)).hasSize(1);
      assertThat(services.calls(together)).hasSize(1);
    }
  }

  @Test
  void theNewestMessageStandsForAllPositionsThatWait() {
    UUID conversation = services.conversation(1, "alice", "bob");
    String path = "/api/chat/conversations/" + conversation + "/mark_read";
    services.hang(path);
    try (Client alice = Client.connected("acme", "alice")) {
      markRead(alice, conversation, UUID.randomUUID().toString());
      services.awaitCall(path);
      markRead(alice, conversation, UUID.randomUUID().toString());
      alice.say("{\"type\":\"mark_read\",\"conversation_id\":\"%s\"}".formatted(conversation));
      markRead(alice, conversation, UUID.randomUUID().toString());
      alice.nothingButPong();
      services.goOn();
      await().atMost(PATIENCE).until(() -> services.calls(path).size() == 2);
      assertThat(services.calls(path).getLast().body()).isEqualTo("{}");
    }
  }

  @Test
  void positionsInManyConversationsAreForwardedAtTheRateOfOtherChanges() {
    String path = "/internal/conversations/";
    try (Client carol = Client.connected("acme", "carol")) {
      for (int i = 0; i < CHANGES_PER_MINUTE + 10; i++) {
        carol.say(
            "{\"type\":\"delivered\",\"conversation_id\":\"%s\",\"up_to\":\"%s\"}"
                .formatted(UUID.randomUUID(), UUID.randomUUID()));
      }
      long start = System.nanoTime();
      await().atMost(PATIENCE).until(() -> services.calls(path).size() == CHANGES_PER_MINUTE + 10);
      // the last ten wait for their turn: two a second
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void aFloodOfTypingCostsOneCallToRedisASecond() {
    UUID conversation = services.conversation(1, "alice", "bob");
    try (Client alice = Client.connected("acme", "alice")) {
      long before = publications();
      for (int i = 0; i < FRAMES; i++) {
        alice.say("{\"type\":\"typing\",\"conversation_id\":\"%s\"}".formatted(conversation));
      }
      alice.nothingButPong();
      assertThat(publications() - before).isLessThan(10);
    }
  }

  /// How many `SET` commands Redis has executed.
  private long publications() {
    Matcher sets = SETS.matcher(redis.execute("INFO", "commandstats").toString());
    return sets.find() ? Long.parseLong(sets.group(1)) : 0;
  }

  private static void markRead(Client client, UUID conversation, String upTo) {
    client.say(
        "{\"type\":\"mark_read\",\"conversation_id\":\"%s\",\"up_to\":\"%s\"}"
            .formatted(conversation, upTo));
  }
}
