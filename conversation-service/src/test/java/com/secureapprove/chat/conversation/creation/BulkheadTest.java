package com.secureapprove.chat.conversation.creation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import com.secureapprove.chat.conversation.ConversationCalls;
import com.secureapprove.chat.conversation.ConversationStores;
import com.secureapprove.chat.conversation.ConversationUpstreams;
import com.secureapprove.chat.serviceplatform.calls.CallLimits;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// presence-service does not respond and the read timeout is long, so that only the bulkhead
/// rejects calls.
@QuarkusTest
@QuarkusTestResource(ConversationStores.class)
@TestProfile(BulkheadTest.Patient.class)
class BulkheadTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int AT_A_TIME = 16;

  public static final class Patient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.rest-client.presence.read-timeout",
          "600000",
          "quarkus.http.test-timeout",
          "600s");
    }
  }

  @Test
  void callsBeyondTheBulkheadAreRejectedImmediately() throws Exception {
    ConversationUpstreams.peopleHang();
    List<Future<ValidatableResponse>> waiting = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        while (waiting.size() < CallLimits.MAX_CONCURRENT) {
          for (int i = 0; i < AT_A_TIME; i++) {
            waiting.add(threads.submit(BulkheadTest::startWithAStranger));
          }
          await()
              .atMost(BOUND)
              .until(() -> ConversationUpstreams.peopleAskedNow() == waiting.size());
        }

        for (int i = 0; i < AT_A_TIME; i++) {
          threads
              .submit(BulkheadTest::startWithAStranger)
              .get(BOUND.toSeconds(), TimeUnit.SECONDS)
              .statusCode(503)
              .header("Retry-After", matchesPattern("[1-9]\\d*"));
        }
        assertThat(ConversationUpstreams.peopleAskedNow()).isEqualTo(CallLimits.MAX_CONCURRENT);
        ConversationCalls.of("ann.limit")
            .get(ConversationCalls.CONVERSATIONS)
            .then()
            .statusCode(200)
            .body("$", hasSize(0));
      } finally {
        ConversationUpstreams.peopleDown(true); // otherwise 256 conversations would start together
        ConversationUpstreams.peopleResume();
      }
    } finally {
      ConversationUpstreams.peopleDown(false);
    }
  }

  private static ValidatableResponse startWithAStranger() {
    return ConversationCalls.start("ann.limit", "ben.limit");
  }
}
