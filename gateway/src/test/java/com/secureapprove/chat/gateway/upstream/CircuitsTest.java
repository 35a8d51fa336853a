package com.secureapprove.chat.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.secureapprove.chat.gateway.GatewayTest;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CircuitsTest extends GatewayTest {
  private static final int MANY = 40;

  @Inject CallsConfig config;
  private final AtomicInteger gauge = new AtomicInteger();
  private Circuits circuits;

  @BeforeEach
  void close() {
    circuits = new Circuits("test", Duration.ofSeconds(5), config, gauge, () -> {});
  }

  @Test
  void whatFailsForOneTenantStopsOnlyItsOwnCalls() {
    failAll(new IOException("reset"), "acme");
    assertThat(outcome("acme")).isInstanceOf(CircuitBreakerOpenException.class);
    assertThat(outcome("globex")).isNull();
    assertThat(gauge.get()).isEqualTo(2);
  }

  @Test
  void whatFailsForSeveralTenantsStopsTheCallsOfAll() {
    failAll(new TimeoutException("no answer"), "acme", "globex", "initech", "umbrella", "hooli");
    assertThat(outcome("a tenant that made no call yet"))
        .isInstanceOf(CircuitBreakerOpenException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"refusal", "header", "disconnected", "bug"})
  void whatTheUpstreamDidNotDoOpensNoCircuit(String kind) {
    Throwable failure =
        switch (kind) {
          case "refusal" -> new ProblemException(Problem.INVALID, "no");
          case "header" -> new IllegalArgumentException("a header with a line feed");
          case "disconnected" -> new UpstreamGuards.ClientDisconnected();
          default -> new IllegalStateException("a mistake of the gateway");
        };
    failAll(failure, "acme", "globex");
    assertThat(outcome("acme")).isNull();
    assertThat(gauge.get()).isZero();
  }

  @Test
  void theFailureOfTheCallReachesTheCaller() {
    IOException failure = new IOException("reset");
    for (int i = 0; i < 3; i++) {
      assertThat(outcome("acme", CompletableFuture.failedFuture(failure))).isSameAs(failure);
    }
  }

  private void failAll(Throwable failure, String... tenants) {
    for (int i = 0; i < MANY; i++) {
      outcome(tenants[i % tenants.length], CompletableFuture.failedFuture(failure));
    }
  }

  private Throwable outcome(String tenant) {
    return outcome(tenant, CompletableFuture.completedFuture("answer"));
  }

  /// The failure of a call, or null if it succeeded.
  private Throwable outcome(String tenant, CompletableFuture<Object> answer) {
    return circuits
        .call(tenant, () -> answer)
        .toCompletableFuture()
        .handle((_, thrown) -> thrown)
        .join();
  }
}
