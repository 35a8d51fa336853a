package com.secureapprove.chat.platform.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ReasonTest {

  @Test
  void aFailureWithoutAMessageIsNamedByItsClass() {
    assertThat(Reason.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    assertThat(Reason.of(new IOException((String) null))).isEqualTo("IOException");
    assertThat(Reason.of(new IOException("  "))).isEqualTo("IOException");
  }

  @Test
  void aMessageOfOneWordHasItsClass() {
    assertThat(Reason.of(new UnknownHostException("redis")))
        .isEqualTo("UnknownHostException: redis");
  }

  @Test
  void theLastCauseIsAddedUnlessItIsKnownAlready() {
    Throwable certificate = new IllegalStateException("No name matching redis found");

    assertThat(Reason.of(new CompletionException(new IOException("No connection", certificate))))
        .isEqualTo("No connection: No name matching redis found");
    assertThat(Reason.of(new RuntimeException(certificate))).isEqualTo(certificate.toString());
  }

  @Test
  void aReasonIsOneBoundedLine() {
    assertThat(Reason.of(new IOException("first line\n\tsecond line")))
        .isEqualTo("first line second line");
    assertThat(Reason.of(new IOException("x ".repeat(1_000)))).hasSize(301);
  }
}
