package com.secureapprove.chat.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.secureapprove.chat.gateway.limits.FairPermits.Permit;
import com.secureapprove.chat.gateway.limits.FairPermits.Size;
import com.secureapprove.chat.platform.problem.Problem;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FairPermitsTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Share ALICE = new Share("acme", "alice");
  private static final Share BOB = new Share("acme", "bob");
  private static final Share DAVE = new Share("globex", "dave");

  private final List<String> granted = new ArrayList<>();
  private final List<Permit> held = new ArrayList<>();

  @AfterAll
  static void close() {
    VERTX.close();
  }

  @Test
  void aPersonHoldsAtMostTheirPart() {
    FairPermits permits = permits(new Size(10, 6, 2, 100, 100));
    request(permits, ALICE, 5);
    request(permits, BOB, 1);
    assertThat(granted).containsExactly("alice", "alice", "bob");
    assertThat(permits.waiting()).isEqualTo(3);
  }

  @Test
  void aTenantHoldsAtMostItsPart() {
    FairPermits permits = permits(new Size(10, 3, 2, 100, 100));
    request(permits, ALICE, 2);
    request(permits, BOB, 2);
    request(permits, DAVE, 2);
    assertThat(granted).containsExactly("alice", "alice", "bob", "dave", "dave");
  }

  @Test
  void theOneRequestOfAPersonIsNextWhateverOthersHaveQueued() {
    FairPermits permits = permits(new Size(2, 2, 2, 1_000, 500));
    request(permits, ALICE, 300);
    request(permits, BOB, 1);
    request(permits, DAVE, 1);
    granted.clear();
    releaseOne();
    releaseOne();
    releaseOne();
    assertThat(granted).contains("bob", "dave");
  }

  @Test
  void tenantsTakeTurnsAndWithinThemTheirPeople() {
    FairPermits permits = permits(new Size(1, 1, 1, 100, 100));
    request(permits, DAVE, 1);
    request(permits, ALICE, 3);
    request(permits, BOB, 2);
    request(permits, DAVE, 3);
    granted.clear();
    IntStream.range(0, 8).forEach(_ -> releaseOne());
    assertThat(granted)
        .containsExactly("alice", "dave", "bob", "dave", "alice", "dave", "bob", "alice");
  }

  @Test
  void moreThanThePersonsQueueIsRefusedAsTheirOwnLoad() {
    FairPermits permits = permits(new Size(4, 2, 1, 100, 2));
    request(permits, ALICE, 3);
    assertThat(problemOf(permits.acquire(ALICE, LONG)).problem()).isEqualTo(Problem.RATE_LIMITED);
    assertThat(permits.acquire(BOB, LONG).succeeded()).isTrue();
  }

  @Test
  void aFullQueueMakesRoomForSomeoneWithAShorterOne() {
    FairPermits permits = permits(new Size(1, 1, 1, 4, 4));
    request(permits, ALICE, 4);
    Future<Permit> displaced = permits.acquire(ALICE, LONG);
    Future<Permit> dave = permits.acquire(DAVE, LONG);
    assertThat(problemOf(displaced).problem()).isEqualTo(Problem.RATE_LIMITED);
    releaseOne();
    assertThat(dave.succeeded()).isTrue();
  }

  @Test
  void whoWaitsTooLongIsRefusedBecauseOfTheirOwnLoadOrThatOfOthers() {
    FairPermits permits = permits(new Size(2, 2, 1, 10, 10));
    request(permits, ALICE, 1);
    request(permits, BOB, 1);
    Future<Permit> own = permits.acquire(ALICE, Duration.ofMillis(20));
    Future<Permit> others = permits.acquire(DAVE, Duration.ofMillis(20));
    await().until(() -> own.isComplete() && others.isComplete());
    assertThat(problemOf(own).problem()).isEqualTo(Problem.RATE_LIMITED);
    assertThat(problemOf(own).retryAfter()).isPositive();
    assertThat(problemOf(others).problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(permits.waiting()).isZero();
  }

  @Test
  void aPermitThatIsReleasedTwiceCountsOnce() {
    FairPermits permits = permits(new Size(1, 1, 1, 10, 10));
    request(permits, ALICE, 1);
    held.getFirst().release();
    held.getFirst().release();
    assertThat(permits.held()).isZero();
    request(permits, BOB, 2);
    assertThat(permits.held()).isEqualTo(1);
  }

  @Test
  void theCallsOfATenantAreLimitedByItsPartOnly() {
    FairPermits permits = permits(new Size(10, 4, 1, 100, 1));
    request(permits, Share.ofTenant("acme"), 6);
    assertThat(permits.held()).isEqualTo(4);
    assertThat(permits.waiting()).isEqualTo(2);
  }

  private static FairPermits permits(Size size) {
    return new FairPermits(VERTX, size);
  }

  private void request(FairPermits permits, Share share, int times) {
    for (int i = 0; i < times; i++) {
      permits
          .acquire(share, LONG)
          .onSuccess(permit -> {
            granted.add(share.person());
            held.add(permit);
          });
    }
  }

  private void releaseOne() {
    held.removeFirst().release();
  }

  private static ProblemException problemOf(Future<Permit> refused) {
    assertThat(refused.failed()).isTrue();
    return (ProblemException) refused.cause();
  }
}
