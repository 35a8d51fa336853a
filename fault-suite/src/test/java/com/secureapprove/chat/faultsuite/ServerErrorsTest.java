package com.secureapprove.chat.faultsuite;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.faultsuite.history.Findings;
import com.secureapprove.chat.faultsuite.history.Guarantee;
import com.secureapprove.chat.faultsuite.history.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which log lines and metrics count as internal failures.
class ServerErrorsTest {

  private static final String AT = "2026-11-23 08:16:02,913 ";
  private static final String DEAD_LETTERED =
      AT
          + "ERROR [com.secureapprove.chat.serviceplatform.consumer.EventConsumer] (event-consumer)"
          + " event_dead_lettered id=1795421755533-0 group=message";
  private static final String FAILED =
      AT
          + "ERROR [com.secureapprove.chat.platform.problem.ProblemMappers]"
          + " (quarkus-virtual-thread-1488) request_failed path=/x: java.util.NoSuchElementException";

  @TempDir private Path directory;

  @Test
  void outagesAndLibraryErrorsDoNotCount() throws IOException {
    Findings found =
        found(
            AT + "INFO  [io.quarkus] (main) message-service started in 1.0s",
            AT
                + "WARN  [com.secureapprove.chat.serviceplatform.consumer.EventConsumer] (x) event_waits id=1",
            AT + "ERROR [io.vertx.redis.client.impl.RedisConnectionManager] (x) Unhandled Error",
            AT + "ERROR [io.quarkus.scheduler] (x) task com.secureapprove.chat.attachment.Cleaning",
            "\tat com.secureapprove.chat.message.ApplyEvents.handle(ApplyEvents.java:55)");

    assertThat(found.violations()).isEmpty();
    assertThat(found.checked(Guarantee.NO_INTERNAL_ERRORS)).isEqualTo(5);
  }

  @Test
  void aRequestThatOutlivesTheShutdownOfItsComponentDoesNotCount() throws IOException {
    assertThat(found(FAILED.replace("/x:", "/x [Error Occurred After Shutdown]:")).violations())
        .isEmpty();
  }

  @Test
  void aDependencyThatAnswersLateAtTheStartDoesNotCount() throws IOException {
    assertThat(
            found(
                    AT
                        + "ERROR [com.secureapprove.chat.platform.readiness.DependencyChecks]"
                        + " (dependency-redis) dependency_not_ready dependency=redis reason=TimeoutException")
                .violations())
        .isEmpty();
  }

  @Test
  void aDeadLetteredEventIsQuoted() throws IOException {
    assertThat(found(DEAD_LETTERED).violations())
        .containsExactly(
            new Violation(Guarantee.NO_INTERNAL_ERRORS, "message-2: " + DEAD_LETTERED));
  }

  @Test
  void aFailedRequestIsQuoted() throws IOException {
    assertThat(found("no error", FAILED).violations())
        .containsExactly(new Violation(Guarantee.NO_INTERNAL_ERRORS, "message-2: " + FAILED));
  }

  @Test
  void otherErrorsOfOwnClassesAreFound() throws IOException {
    String line = AT + "ERROR [com.secureapprove.chat.gateway.fanout.Shard] (x) event_undelivered";

    assertThat(found(line).violations()).hasSize(1);
  }

  @Test
  void theFirstErrorsAreQuotedAndOthersCounted() throws IOException {
    List<String> said =
        found(FAILED, DEAD_LETTERED, FAILED, FAILED, DEAD_LETTERED).violations().stream()
            .map(Violation::detail)
            .toList();

    assertThat(said).hasSize(4).last().isEqualTo("message-2: 2 more errors");
  }

  @Test
  void aLogWithAnIncompleteCharacterIsReadToItsEnd() throws IOException {
    Path log = directory.resolve("torn.log");
    byte[] whole = (DEAD_LETTERED + "\nä").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(log, java.util.Arrays.copyOf(whole, whole.length - 1));

    assertThat(ServerErrors.inLog("message", log).violations()).hasSize(1);
  }

  @Test
  void theDeadLetterMetricIsRead() {
    String none = "# TYPE chat_events_dead_lettered counter\nchat_events_dead_lettered_total 0.0\n";

    assertThat(ServerErrors.inMetrics("message", none)).isEmpty();
    assertThat(ServerErrors.inMetrics("message", none.replace("0.0", "1.0")))
        .containsExactly("message: chat_events_dead_lettered_total 1.0");
    assertThat(ServerErrors.inMetrics("message", none.replace("l 0.0", "l{part=\"m\"} 2.0")))
        .hasSize(1);
  }

  private Findings found(String... lines) throws IOException {
    Path log = Files.write(directory.resolve("message-2.log"), List.of(lines));
    return ServerErrors.inLog("message-2", log);
  }
}
