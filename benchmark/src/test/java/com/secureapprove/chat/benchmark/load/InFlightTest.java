package com.secureapprove.chat.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final List<Promise<Void>> started = new ArrayList<>();

  @Test
  void atMostTheGivenNumberRuns() {
    Future<Void> all = InFlight.run(List.of(1, 2, 3), 2, _ -> start());

    assertThat(started).hasSize(2);
    started.getFirst().complete();
    assertThat(started).hasSize(3);
    started.get(1).complete();
    started.get(2).complete();
    assertThat(all.succeeded()).isTrue();
  }

  @Test
  void aFailureEndsTheWork() {
    Future<Void> all = InFlight.run(List.of(1, 2, 3), 1, _ -> start());

    started.getFirst().fail("refused");

    assertThat(all.failed()).isTrue();
    assertThat(started).hasSize(1);
  }

  private Future<Void> start() {
    Promise<Void> promise = Promise.promise();
    started.add(promise);
    return promise.future();
  }
}
