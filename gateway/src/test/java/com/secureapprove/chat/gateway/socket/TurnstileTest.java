package com.secureapprove.chat.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private final List<String> begun = new ArrayList<>();

  @Test
  void whatComesOnTopWaitsInItsOrderAndTheRestIsTurnedAway() {
    Turnstile turnstile = new Turnstile(1, 2);
    Promise<Void> first = Promise.promise();
    assertThat(turnstile.pass(() -> begin("first", first.future()))).isTrue();
    assertThat(turnstile.pass(() -> begin("second", Future.succeededFuture()))).isTrue();
    assertThat(turnstile.pass(() -> begin("third", Future.failedFuture("no")))).isTrue();
    assertThat(turnstile.pass(() -> begin("fourth", Future.succeededFuture()))).isFalse();
    assertThat(begun).containsExactly("first");

    first.complete();
    assertThat(begun).containsExactly("first", "second", "third");
    assertThat(turnstile.pass(() -> begin("fifth", Future.succeededFuture()))).isTrue();
    assertThat(begun).last().isEqualTo("fifth");
  }

  private Future<?> begin(String name, Future<Void> end) {
    begun.add(name);
    return end;
  }
}
