package com.secureapprove.chat.attachment.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.secureapprove.chat.attachment.BackingStores;
import com.secureapprove.chat.attachment.Calls;
import com.secureapprove.chat.attachment.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingStores.class)
class ClaimsTest {
  private final String conversation = UUID.randomUUID().toString();

  @Test
  void aRetryReturnsTheSameFilesInTheOrderOfTheRequest() {
    String one = Calls.uploaded("ann.acme", "1.txt", Samples.text("one"));
    String two = Calls.uploaded("ann.acme", "2.txt", Samples.text("two"));

    for (int attempt = 0; attempt < 2; attempt++) {
      Calls.claim("ann.acme", conversation, "k1", two, one)
          .statusCode(200)
          .body("outcomes[0].refusal", nullValue())
          .body("outcomes[0].files.attachment.id", equalTo(List.of(two, one)))
          .body("outcomes[0].files[1].attachment.filename", equalTo("1.txt"))
          .body(
              "outcomes[0].files[1].sha256",
              equalTo("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"));
    }
  }

  @Test
  void filesOfOtherPeopleAndTenantsAreNotFound() {
    String mine = Calls.uploaded("ann.acme", "1.txt", Samples.text("one"));

    refused(Calls.claim("ben.acme", conversation, "k2", mine), "not-found");
    refused(Calls.claim("ann.globex", conversation, "k2", mine), "not-found");
    refused(
        Calls.claim("ann.acme", conversation, "k2", mine, UUID.randomUUID().toString()),
        "not-found");
    Calls.claim("ann.acme", conversation, "k3", mine).body("outcomes[0].refusal", nullValue());
  }

  @Test
  void aFileBelongsToOneMessageOnly() {
    String id = Calls.uploaded("ann.acme", "1.txt", Samples.text("one"));
    Calls.claim("ann.acme", conversation, "k4", id).statusCode(200);

    refused(Calls.claim("ann.acme", conversation, "k5", id), "invalid");
    refused(Calls.claim("ann.acme", UUID.randomUUID().toString(), "k4", id), "invalid");
  }

  @Test
  void oneOfManyConcurrentClaimsWins() throws Exception {
    String id = Calls.uploaded("ann.acme", "1.txt", Samples.text("one"));
    int winners = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> claims =
          IntStream.range(0, 8)
              .<Callable<Object>>mapToObj(i ->
                  () ->
                      Calls.claim("ann.acme", conversation, "race-" + i, id)
                              .extract()
                              .path("outcomes[0].refusal")
                          == null)
              .toList();
      for (var claim : threads.invokeAll(claims)) {
        winners += claim.get().equals(true) ? 1 : 0;
      }
    }

    assertThat(winners).isEqualTo(1);
  }

  @Test
  void onlyMessageServiceMayClaim() {
    Calls.by("gateway", "acme")
        .contentType("application/json")
        .body("{\"items\":[]}")
        .post("/internal/claims")
        .then()
        .statusCode(403);
    Calls.by("message", "acme")
        .contentType("application/json")
        .body("{}")
        .post("/internal/claims")
        .then()
        .statusCode(400);
  }

  private static void refused(io.restassured.response.ValidatableResponse answer, String code) {
    answer
        .statusCode(200)
        .body("outcomes[0].files", nullValue())
        .body("outcomes[0].refusal.code", equalTo(code));
  }
}
