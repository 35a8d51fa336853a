package com.secureapprove.chat.gateway.resume;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.gateway.Client;
import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.gateway.TestBus;
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

/// A client that disconnects and resumes many times while events are published.
@QuarkusTest
class ResumeUnderLoadTest extends GatewayTest {
  private static final int RETURNS = 60;

  @Inject TestBus bus;

  /// Publishes messages until it is closed.
  private final class Publisher implements AutoCloseable {
    private final AtomicInteger published = new AtomicInteger();
    private final CompletableFuture<Void> over;
    private volatile boolean ended;

    Publisher(UUID conversation, long pauseNanos) {
      over =
          CompletableFuture.runAsync(
              () -> {
                while (!ended) {
                  String content = Integer.toString(published.get());
                  bus.publish("acme", 1, TestBus.message(conversation, content, 1, null));
                  published.incrementAndGet();
                  LockSupport.parkNanos(pauseNanos);
                }
              },
              run -> Thread.ofPlatform().start(run));
    }

    void awaitPast(int count) {
      while (published.get() < count) {
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
  void noEventIsMissingDuplicatedOrOutOfOrder(long seed) {
    Random random = new Random(seed);
    UUID conversation = services.conversation(1, "alice", "bob");
    List<String> received = new ArrayList<>();
    String position;
    try (Client bob = Client.connected("acme", "bob")) {
      position = bob.nothingButPong().path("event_id").asText();
    }
    int published;
    try (Publisher publisher = new Publisher(conversation, 500_000)) {
      for (int i = 0; i < RETURNS; i++) {
        // half of the absences are longer than the memory of the gateway
        int away = random.nextBoolean() ? 0 : 60;
        publisher.awaitPast(received.size() + away);
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
              received.add(frame.path("message").path("content").asText());
            }
          }
        }
      }
      published = publisher.published.get();
    }
    try (Client bob = Client.resumed("acme", "bob", position)) {
      bob.nextOf("connected");
      while (received.size() < published) {
        received.add(bob.next().path("message").path("content").asText());
      }
    }
    assertThat(received)
        .isEqualTo(IntStream.range(0, received.size()).mapToObj(Integer::toString).toList());
  }
}
