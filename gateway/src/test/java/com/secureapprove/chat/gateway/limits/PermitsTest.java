package com.secureapprove.chat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private final List<String> started = new ArrayList<>();

  @Test
  void eachKeyHasItsOwnPermits() {
    Permits<String> permits = new Permits<>(2);
    assertThat(permits.tryAcquire("acme")).isTrue();
    assertThat(permits.tryAcquire("acme")).isTrue();
    assertThat(permits.tryAcquire("acme")).isFalse();
    assertThat(permits.tryAcquire("globex")).isTrue();
    permits.release("acme");
    assertThat(permits.tryAcquire("acme")).isTrue();
  }

  @Test
  void queuedWorkRunsInOrderAndIsRejectedWhenTheQueueIsFull() {
    Permits<String> permits = new Permits<>(1, 2);
    Promise<Void> first = Promise.promise();
    assertThat(permits.run("k", () -> start("first", first.future()))).isTrue();
    assertThat(permits.run("k", () -> start("second", Future.succeededFuture()))).isTrue();
    assertThat(permits.run("k", () -> start("third", Future.failedFuture("no")))).isTrue();
    assertThat(permits.run("k", () -> start("fourth", Future.succeededFuture()))).isFalse();
    assertThat(permits.run("other", () -> start("other", Future.succeededFuture()))).isTrue();
    assertThat(started).containsExactly("first", "other");

    first.complete();
    assertThat(started).containsExactly("first", "other", "second", "third");
    assertThat(permits.run("k", () -> start("fifth", Future.succeededFuture()))).isTrue();
    assertThat(started).last().isEqualTo("fifth");
  }

  @Test
  void workThatThrowsReleasesItsPermit() {
    Permits<String> permits = new Permits<>(1);
    assertThatThrownBy(() ->
            permits.run(
                "k",
                () -> {
                  throw new IllegalStateException("no");
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(permits.tryAcquire("k")).isTrue();
  }

  private Future<?> start(String name, Future<Void> end) {
    started.add(name);
    return end;
  }
}
