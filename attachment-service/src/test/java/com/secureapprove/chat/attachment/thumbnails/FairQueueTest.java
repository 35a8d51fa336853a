package com.secureapprove.chat.attachment.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairQueueTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final FairQueue queue = new FairQueue("test");
  private final CountDownLatch hold = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> callers = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    hold.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    queue.close();
  }

  @Test
  void tenantsAndPersonsTakeTurns() throws InterruptedException {
    holdTheWorker();
    for (int i = 1; i <= 3; i++) {
      submit("acme", "ann", "ann" + i);
    }
    submit("acme", "ben", "ben1");
    submit("globex", "gus", "gus1");
    submit("globex", "gus", "gus2");

    hold.countDown();
    await().until(() -> order.size() == 6);
    assertThat(order).containsExactly("ann1", "gus1", "ben1", "gus2", "ann2", "ann3");
  }

  @Test
  void aJobWhoseTurnDoesNotComeIsNotRun() throws InterruptedException {
    holdTheWorker();
    Optional<Boolean> result =
        queue.run("acme", "ben", Duration.ofMillis(50), () -> order.add("too late"));
    assertThat(result).isEmpty();
    hold.countDown();
    assertThat(queue.run("acme", "ben", LONG, () -> "next")).contains("next");
    assertThat(order).isEmpty();
  }

  @Test
  void waitingJobsEndWhenTheQueueIsClosed() throws InterruptedException {
    holdTheWorker();
    submit("acme", "ann", "never");
    queue.close();
    callers.getLast().join();
    assertThat(order).isEmpty();
  }

  private void holdTheWorker() throws InterruptedException {
    callers.add(
        Thread.startVirtualThread(() ->
            queue.run(
                "other",
                "person",
                LONG,
                () -> {
                  held.countDown();
                  awaitRelease();
                  return true;
                })));
    held.await();
  }

  private void submit(String tenant, String person, String name) {
    Thread caller =
        Thread.startVirtualThread(() -> queue.run(tenant, person, LONG, () -> order.add(name)));
    callers.add(caller);
    await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
  }

  private void awaitRelease() {
    try {
      hold.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
