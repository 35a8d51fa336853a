package com.secureapprove.chat.systemtests.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.localstack.stack.Component;
import com.secureapprove.chat.systemtests.suite.Answer;
import com.secureapprove.chat.systemtests.suite.ChatUser;
import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Signals;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A component hangs: its process is suspended and its connections stay open.
@ExtendWith(RunningSuite.class)
class HaltedServiceST {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final int CALLS = 30;

  private final Suite suite;

  HaltedServiceST(Suite suite) {
    this.suite = suite;
  }

  @Test
  void theOthersAnswerAsEverAndItComesBackByItself() throws Exception {
    ChatUser alice = suite.newTenant().person("alice");
    alice.get("conversations/?limit=5").expect(200);
    ProcessHandle conversations =
        suite
            .stack()
            .process(suite.stack().instances(Component.CONVERSATION).getFirst().name())
            .orElseThrow();
    Signals.halt(conversations);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> waiting =
          IntStream.range(0, CALLS)
              .mapToObj(_ -> threads.submit(() -> alice.get("conversations/?limit=5")))
              .toList();
      for (int i = 0; i < CALLS; i++) {
        assertThat(timeOf(() -> alice.get("conversations/presence/").expect(200))).isLessThan(SOON);
      }
      for (Future<Answer> answer : waiting) {
        // beyond the permits of one person it is 429
        assertThat(answer.get().status()).isIn(429, 503);
        assertThat(answer.get().header("Retry-After")).isNotEmpty();
      }
      // a half-open circuit breaker lets single requests through, which wait
      assertThat(IntStream.range(0, 3))
          .anyMatch(_ ->
              timeOf(() -> alice.get("conversations/?limit=5").expectProblem(503)).compareTo(SOON)
                  < 0);
    } finally {
      Signals.resume(conversations);
    }
    await().atMost(PATIENCE).untilAsserted(() -> alice.get("conversations/?limit=5").expect(200));
  }

  private static Duration timeOf(Runnable call) {
    long start = System.nanoTime();
    call.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
