package com.secureapprove.chat.systemtests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.systemtests.suite.RunningSuite;
import com.secureapprove.chat.systemtests.suite.Suite;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs last: checks that some test has received every documented response and message. Run alone,
/// it lists all of them as missing.
@Order(Integer.MAX_VALUE)
@ExtendWith(RunningSuite.class)
class NothingPromisedInVainST {

  private final Suite suite;

  NothingPromisedInVainST(Suite suite) {
    this.suite = suite;
  }

  @Test
  void everyAnswerOfEveryOperationWasSeen() {
    assertThat(suite.contracts().rest().unseen()).isEmpty();
  }

  @Test
  void everyFrameWasSeenAndNoOther() {
    suite.contracts().socket().requireFaultless();
    assertThat(suite.contracts().socket().unseen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openapi.yaml", "asyncapi.yaml"})
  void whatIsServedIsWhatWasTested(String name) {
    suite
        .send(HttpRequest.newBuilder(URI.create(suite.baseUrl() + "/" + name)))
        .expectBytes(200, Contracts.text(name));
  }
}
