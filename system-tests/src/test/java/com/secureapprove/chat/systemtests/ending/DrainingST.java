package com.secureapprove.chat.systemtests.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.localstack.keys.TokenUser;
import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.localstack.stack.Instance;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.Json;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Signals;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.Suite;
import com.secureapprove.chat.systemtests.suite.Tenant;
import com.secureapprove.chat.testsupport.websocket.UpgradeRefused;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A real gateway gets the signal to stop while it is at work.
@ExtendWith(RunningSuite.class)
class DrainingST {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Suite suite;
  private final Instance gateway;
  private final ProcessHandle process;

  DrainingST(Suite suite) {
    this.suite = suite;
    gateway = suite.stack().instances(Component.GATEWAY).getFirst();
    process = suite.stack().process(gateway.name()).orElseThrow();
  }

  @AfterEach
  void startAgain() throws Exception {
    process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    suite.stack().start(Component.GATEWAY);
  }

  @Test
  void theGatewayAnswersWhatWasAskedBeforeItSaysGoodbye() {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob");
    ChatUser alice = people.getFirst();
    String talk = alice.startWith(people.get(1));
    ProcessHandle messages =
        suite
            .stack()
            .process(suite.stack().instances(Component.MESSAGE).getFirst().name())
            .orElseThrow();
    try (Socket waiting = alice.connect();
        Socket idle = people.get(1).connect()) {
      Signals.halt(messages);
      try {
        waiting.say(talk, "the last one", "last");
        waiting.ping(); // the send before it has been read
        process.destroy();
        await().atMost(PATIENCE).until(() -> readiness() == 503);
        assertThat(statusOf(alice::connect)).isEqualTo(503);
        assertThat(idle.awaitClose()).isEqualTo(1001);
        assertThat(waiting.frames("ack")).isEmpty();
      } finally {
        Signals.resume(messages);
      }
      assertThat(waiting.await("ack").path("client_message_id").asText()).isEqualTo("last");
      assertThat(waiting.awaitClose()).isEqualTo(1001);
    }
  }

  @Test
  void whatWasDeliveredLastIsStillTold() throws Exception {
    Tenant tenant = suite.newTenant();
    List<ChatUser> people = tenant.people("alice", "bob");
    ChatUser alice = people.getFirst();
    String talk = alice.startWith(people.get(1));
    try (Socket atBob = people.get(1).connect()) {
      alice.say(talk, "just before the end");
      atBob.await("message_created");
      process.destroy();
      assertThat(atBob.awaitClose()).isEqualTo(1001);
    }
    process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    await().atMost(PATIENCE).until(() -> deliveredTo(tenant, alice, talk, people.get(1)) == 1);
  }

  /// As message-service itself says; the gateway is away.
  private long deliveredTo(Tenant tenant, ChatUser asking, String talk, ChatUser reader) {
    String token =
        suite
            .stack()
            .keys()
            .token(
                "gateway",
                Component.MESSAGE.label(),
                tenant.name(),
                TokenUser.of(asking.id(), asking.name(), asking.email()));
    URI receipts =
        suite
            .stack()
            .url(Component.MESSAGE)
            .resolve("/api/chat/conversations/" + talk + "/receipts");
    HttpRequest request =
        HttpRequest.newBuilder(receipts).header("Authorization", "Bearer " + token).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (JsonNode one : Json.read(http.send(request, BodyHandlers.ofString()).body())) {
        if (one.path("user_id").asText().equals(reader.id())) {
          return one.path("delivered_seq").asLong();
        }
      }
      return 0;
    } catch (IOException | InterruptedException problem) {
      throw new IllegalStateException(problem);
    }
  }

  @Test
  void manySocketsAreClosedOneAfterTheOther() {
    List<ChatUser> people = suite.newTenant().people("alice", "bob", "carol");
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sockets.add(people.get(i % people.size()).connect());
    }
    process.destroy();
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.awaitClose()).isEqualTo(1001));
    List<Long> times = sockets.stream().map(Socket::closedAt).sorted().toList();
    assertThat(Duration.ofNanos(times.getLast() - times.getFirst()))
        .as("not all at the same moment")
        .isGreaterThan(Duration.ofMillis(300));
    sockets.forEach(Socket::abort);
  }

  private int readiness() throws IOException, InterruptedException {
    URI ready = suite.stack().managementUrl(gateway).resolve("/q/health/ready");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<Void> answer =
          http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding());
      return answer.statusCode();
    }
  }

  private static int statusOf(ThrowingCallable upgrade) {
    try {
      upgrade.call();
      throw new AssertionError("the upgrade was accepted");
    } catch (UpgradeRefused refused) {
      assertThat(refused.header("Retry-After")).isPresent();
      return refused.status();
    } catch (Throwable other) {
      throw new AssertionError(other);
    }
  }
}
