package com.secureapprove.chat.systemtests.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Socket;
import com.secureapprove.chat.systemtests.suite.SpanReceiver;
import com.secureapprove.chat.systemtests.suite.SpanReceiver.ReceivedSpan;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The components of the suite export their spans to a receiver of OTLP over HTTP.
@ExtendWith(RunningSuite.class)
class TracingST {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Suite suite;
  private final SpanReceiver receiver;
  private final ChatUser alice;
  private final ChatUser bob;
  private final String talk;

  TracingST(Suite suite) {
    this.suite = suite;
    receiver = suite.spans();
    List<ChatUser> people = suite.newProvisionedTenant().people("alice", "bob");
    alice = people.get(0);
    bob = people.get(1);
    talk = alice.startWith(bob);
  }

  @Test
  void aSendOverTheSocketIsOneTraceUpToTheDelivery() {
    try (Socket atAlice = alice.connect();
        Socket atBob = bob.connect()) {
      Set<String> before = tracesOf("send message");
      atAlice.say(talk, "where does the time go?", "traced");
      atBob.await("message_created");

      await()
          .atMost(PATIENCE)
          .until(() -> tracesOf("send message").stream().anyMatch(each -> !before.contains(each)));
      String trace =
          tracesOf("send message").stream()
              .filter(each -> !before.contains(each))
              .findFirst()
              .orElseThrow();
      ReceivedSpan send = span(trace, "gateway", "send message");
      ReceivedSpan store = span(trace, "message", "store message");
      ReceivedSpan deliver = span(trace, "gateway", "deliver message_created");
      ReceivedSpan apply = span(trace, "conversation", "apply message_created");
      assertThat(send.parent()).isEmpty();
      assertThat(store.parent()).isEqualTo(send.id());
      assertThat(store.attributes()).containsEntry("db.system.name", "postgresql");
      assertThat(deliver.parent()).isEqualTo(store.id());
      assertThat(apply.parent()).isEqualTo(store.id());
    }
  }

  @Test
  void aSendOverRestContinuesTheTraceOfItsClient() {
    String trace = UUID.randomUUID().toString().replace("-", "");
    try (Socket atBob = bob.connect()) {
      alice
          .send(
              alice
                  .request("conversations/" + talk + "/messages/?unheard-of=secret-of-the-query")
                  .header("Content-Type", "application/json")
                  .header("traceparent", "00-" + trace + "-00000000000000aa-00")
                  .POST(BodyPublishers.ofString("{\"content\":\"traced over REST\"}")))
          .expect(201);
      atBob.await("message_created");
    }
    String path = "POST /api/chat/conversations/{id}/messages";
    ReceivedSpan request = span(trace, "gateway", path);
    ReceivedSpan call = span(trace, "gateway", "call message");
    ReceivedSpan served =
        span(trace, "message", name -> name.startsWith("POST /api/chat/conversations/"));
    ReceivedSpan store = span(trace, "message", "store message");
    ReceivedSpan deliver = span(trace, "gateway", "deliver message_created");
    assertThat(request.parent()).isEqualTo("00000000000000aa");
    assertThat(call.parent()).isEqualTo(request.id());
    assertThat(served.parent()).isEqualTo(call.id());
    assertThat(store.parent()).isEqualTo(served.id());
    assertThat(deliver.parent()).isEqualTo(store.id());
    assertThat(request.attributes()).containsEntry("http.response.status_code", "201");
    assertThat(receiver.of(trace).toString())
        .doesNotContain("traced over REST", "secret-of-the-query", talk, alice.id());
  }

  @Test
  void aProblemNamesTheTraceOfItsSpans() {
    JsonNode problem = alice.get("conversations/" + UUID.randomUUID() + "/").expectProblem(404);

    ReceivedSpan request =
        span(
            problem.path("trace_id").asText(),
            "gateway",
            name -> name.startsWith("GET /api/chat/conversations/{"));
    assertThat(request.attributes()).containsEntry("http.response.status_code", "404");
  }

  @Test
  void anAbsentCollectorCostsNoMessageAndOneLogLine() throws IOException {
    long before = lines(line -> line.contains("collector"));
    receiver.setAbsent(true);
    try (Socket atAlice = alice.connect();
        Socket atBob = bob.connect()) {
      for (int i = 0; i < 20; i++) {
        String text = "without a collector " + i;
        atAlice.say(talk, text, "absent" + i);
        atBob.await(
            "message_created",
            frame -> frame.path("message").path("content").asText().equals(text));
      }
      String unavailable = "dependency_unavailable dependency=collector";
      await().atMost(PATIENCE).until(() -> lines(line -> line.contains(unavailable)) > 0);
      for (int i = 0; i < 20; i++) {
        alice.say(talk, "still without a collector");
        atBob.ping();
      }
    } finally {
      receiver.setAbsent(false);
    }
    // Once for each component that had spans to export.
    assertThat(lines(line -> line.contains("collector")) - before).isBetween(1L, 5L);
    assertThat(lines(line -> line.contains("io.opentelemetry"))).isZero();

    // A component may lose one more batch, on a connection that the collector has closed.
    Set<String> exporting = Set.of("gateway", "message", "conversation");
    int known = receiver.spans().size();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          alice.say(talk, "with a collector again");
          return receiver.spans().stream()
              .skip(known)
              .map(ReceivedSpan::component)
              .collect(Collectors.toSet())
              .containsAll(exporting);
        });
  }

  private Set<String> tracesOf(String name) {
    return Set.copyOf(
        receiver.spans().stream()
            .filter(span -> span.name().equals(name))
            .map(ReceivedSpan::trace)
            .distinct()
            .toList());
  }

  private ReceivedSpan span(String trace, String component, String name) {
    return span(trace, component, name::equals);
  }

  private ReceivedSpan span(String trace, String component, Predicate<String> name) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                receiver.of(trace).stream()
                    .filter(span -> span.component().equals(component) && name.test(span.name()))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private long lines(Predicate<String> which) throws IOException {
    Path logs = suite.stack().home().directory().resolve("logs");
    long count = 0;
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        count += Files.readAllLines(file).stream().filter(which).count();
      }
    }
    return count;
  }
}
