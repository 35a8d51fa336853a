package com.secureapprove.chat.conversation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.secureapprove.chat.conversation.ConversationCalls;
import com.secureapprove.chat.conversation.ConversationStores;
import com.secureapprove.chat.conversation.ConversationUpstreams;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// message-service keeps its connections open and does not respond, like a stopped process.
@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
class UnresponsiveMessageServiceTest {
  private static final int CALLS = 60;

  @AfterEach
  void goOn() {
    ConversationUpstreams.summariesResume();
  }

  @Test
  void listsAreDegradedAndOtherRequestsStayFast() throws Exception {
    String id = ConversationCalls.pair("ann.hang", "ben.hang");
    ConversationUpstreams.summariesHang();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> hanging =
          IntStream.range(0, CALLS)
              .mapToObj(_ ->
                  threads.submit(
                      () -> ConversationCalls.of("ann.hang").get(ConversationCalls.CONVERSATIONS)))
              .toList();
      for (Future<Response> call : hanging) {
        call.get()
            .then()
            .statusCode(200)
            .header("Chat-Degraded", equalTo("messages"))
            .body("id", equalTo(List.of(id)));
      }
    }
    // The circuit breaker is open now and allows one try every two seconds.
    long start = System.nanoTime();
    int before = ConversationUpstreams.summariesAsked();
    for (int i = 0; i < CALLS; i++) {
      ConversationCalls.of("ann.hang").get(ConversationCalls.CONVERSATIONS).then().statusCode(200);
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    assertThat(ConversationUpstreams.summariesAsked() - before)
        .as("tries in %s", time)
        .isLessThanOrEqualTo((int) time.dividedBy(Duration.ofSeconds(2)) + 1);

    ConversationUpstreams.summariesResume();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            ConversationCalls.of("ann.hang")
                    .get(ConversationCalls.CONVERSATIONS)
                    .header("Chat-Degraded")
                == null);
  }
}
