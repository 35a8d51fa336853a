package com.secureapprove.chat.faultsuite;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.Violation;
import com.secureapprove.chat.faultsuite.history.Violation.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which log lines and metrics count as internal failures.
class MishapsTest {

  private static final String AT = "2026-11-23 08:16:02,913 ";
  private static final String SET_ASIDE =
      AT
          + "ERROR [com.secureapprove.chat.serviceplatform.consumer.EventConsumer] (event-consumer)"
          + " event_dead_lettered id=1795421755533-0 group=message";
  private static final String FAILED =
      AT
          + "ERROR [com.secureapprove.chat.platform.problem.ProblemMappers]"
          + " (quarkus-virtual-thread-1488) request_failed path=/x: java.util.NoSuchElementException";

  @TempDir private Path directory;

  @Test
  void outagesAndTheTroublesOfLibrariesAreNone() throws IOException {
    Findings found =
        found(
            AT + "INFO  [io.quarkus] (main) message-service started in 1.0s",
            AT
                + "WARN  [com.secureapprove.chat.serviceplatform.consumer.EventConsumer] (x) event_waits id=1",
            AT + "ERROR [io.vertx.redis.client.impl.RedisConnectionManager] (x) Unhandled Error",
            AT + "ERROR [io.quarkus.scheduler] (x) task com.secureapprove.chat.attachment.Cleaning",
            "\tat com.secureapprove.chat.message.ApplyEvents.handle(ApplyEvents.java:55)");

    assertThat(found.violations()).isEmpty();
    assertThat(found.held(Promise.NOTHING_SET_ASIDE)).isEqualTo(5);
  }

  @Test
  void anEventThatWasSetAsideIsQuoted() throws IOException {
    assertThat(found(SET_ASIDE).violations())
        .containsExactly(new Violation(Promise.NOTHING_SET_ASIDE, "message-2: " + SET_ASIDE));
  }

  @Test
  void aRequestThatFailedIsQuoted() throws IOException {
    assertThat(found("all is well", FAILED).violations())
        .containsExactly(new Violation(Promise.NOTHING_SET_ASIDE, "message-2: " + FAILED));
  }

  @Test
  void anyOtherErrorOfOursIsFound() throws IOException {
    String line = AT + "ERROR [com.secureapprove.chat.gateway.fanout.Shard] (x) event_undelivered";

    assertThat(found(line).violations()).hasSize(1);
  }

  @Test
  void ofManyTheFirstAreQuotedAndTheRestCounted() throws IOException {
    List<String> said =
        found(FAILED, SET_ASIDE, FAILED, FAILED, SET_ASIDE).violations().stream()
            .map(Violation::what)
            .toList();

    assertThat(said).hasSize(4).last().isEqualTo("message-2: 2 more of these");
  }

  @Test
  void aLogThatEndsWithinACharacterIsReadToItsEnd() throws IOException {
    Path log = directory.resolve("torn.log");
    byte[] whole = (SET_ASIDE + "\nä").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(log, java.util.Arrays.copyOf(whole, whole.length - 1));

    assertThat(Mishaps.inLog("message", log).violations()).hasSize(1);
  }

  @Test
  void theCountOfDeadLettersIsRead() {
    String none = "# TYPE chat_events_dead_lettered counter\nchat_events_dead_lettered_total 0.0\n";

    assertThat(Mishaps.inMetrics("message", none)).isEmpty();
    assertThat(Mishaps.inMetrics("message", none.replace("0.0", "1.0")))
        .containsExactly("message: chat_events_dead_lettered_total 1.0");
    assertThat(Mishaps.inMetrics("message", none.replace("l 0.0", "l{part=\"m\"} 2.0"))).hasSize(1);
  }

  private Findings found(String... lines) throws IOException {
    Path log = Files.write(directory.resolve("message-2.log"), List.of(lines));
    return Mishaps.inLog("message-2", log);
  }
}
