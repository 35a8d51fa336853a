package com.secureapprove.chat.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Events that keep coming while somebody breaks off and comes back, again and again.
@QuarkusTest
class ResumeUnderLoadTest extends GatewayTest {
  private static final int RETURNS = 60;

  @Inject TestBus bus;

  /// Goes on publishing until it is closed.
  private final class Talk implements AutoCloseable {
    private final AtomicInteger said = new AtomicInteger();
    private final CompletableFuture<Void> over;
    private volatile boolean ended;

    Talk(UUID conversation, long pauseNanos) {
      over =
          CompletableFuture.runAsync(
              () -> {
                while (!ended) {
                  String content = Integer.toString(said.get());
                  bus.publish("acme", 1, TestBus.message(conversation, content, 1, null));
                  said.incrementAndGet();
                  LockSupport.parkNanos(pauseNanos);
                }
              },
              run -> Thread.ofPlatform().start(run));
    }

    void awaitPast(int count) {
      while (said.get() < count) {
        LockSupport.parkNanos(200_000);
      }
    }

    @Override
    public void close() {
      ended = true;
      over.join();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void nothingIsMissingDoubledOrOutOfOrder(long seed) {
    Random random = new Random(seed);
    UUID conversation = services.conversation(1, "alice", "bob");
    List<String> heard = new ArrayList<>();
    String position;
    try (Client bob = Client.connected("acme", "bob")) {
      position = bob.nothingButPong().path("event_id").asText();
    }
    int said;
    try (Talk talk = new Talk(conversation, 500_000)) {
      for (int i = 0; i < RETURNS; i++) {
        // half of the times away for longer than the gateway remembers
        int away = random.nextBoolean() ? 0 : 60;
        talk.awaitPast(heard.size() + away);
        try (Client bob = Client.resumed("acme", "bob", position)) {
          assertThat(bob.next().path("event_id").asText()).isEqualTo(position);
          int frames = 1 + random.nextInt(80);
          for (int n = 0; n < frames; n++) {
            JsonNode frame = bob.next();
            if (random.nextInt(4) == 0) {
              bob.say("{\"type\":\"ping\"}");
            }
            position = frame.path("event_id").asText();
            if (!frame.path("type").asText().equals("pong")) {
              heard.add(frame.path("message").path("content").asText());
            }
          }
        }
      }
      said = talk.said.get();
    }
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      while (heard.size() < said) {
        heard.add(bob.next().path("message").path("content").asText());
      }
    }
    assertThat(heard)
        .isEqualTo(IntStream.range(0, heard.size()).mapToObj(Integer::toString).toList());
  }
}
