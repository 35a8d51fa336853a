package com.secureapprove.chat.gateway.delivery;

import com.secureapprove.chat.contracts.DeliveredBatch;
import com.secureapprove.chat.gateway.limits.Share;
import com.secureapprove.chat.gateway.upstream.CallKind;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
import com.secureapprove.chat.platform.outage.Reason;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/// Reports delivered positions to message-service once a second, in batches per tenant. Each fifth
/// of a second it is the turn of a fifth of the conversations, so that no second begins with a
/// burst of work that messages have to wait for.
///
/// In large groups only the positions that senders wait for are reported each second, a fixed
/// number of the others once a minute, and all of them at the shutdown: a message costs the same in
/// a group of 2,000 as in one of 50. A failed batch is sent again with the next round. Thread-safe.
@Startup
@Singleton
class DeliveryReporter {
  private static final Logger LOG = Logger.getLogger(DeliveryReporter.class);
  private static final int TURNS = 5;
  private static final Duration INTERVAL = Duration.ofSeconds(1).dividedBy(TURNS);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final int ROUNDS_BETWEEN_OTHERS = 60;

  private final Vertx vertx;
  private final UpstreamCalls calls;
  private final Map<String, UnreportedPositions> waiting = new ConcurrentHashMap<>();
  private int turns;
  private long timer;

  DeliveryReporter(Vertx vertx, UpstreamCalls calls) {
    this.vertx = vertx;
    this.calls = calls;
  }

  @PostConstruct
  void start() {
    timer = vertx.setPeriodic(INTERVAL.toMillis(), _ -> takeTurn());
  }

  private void takeTurn() {
    int turn = turns++;
    boolean others = turn / TURNS % ROUNDS_BETWEEN_OTHERS == ROUNDS_BETWEEN_OTHERS - 1;
    Predicate<UUID> which =
        conversation -> Math.floorMod(conversation.hashCode(), TURNS) == turn % TURNS;
    report(positions -> others ? positions.takeOldest(which) : positions.takeUrgent(which));
  }

  /// Reports the remaining positions. All connections are closed before.
  void stop(@Observes ShutdownEvent shutdown) {
    vertx.cancelTimer(timer);
    try {
      report(UnreportedPositions::takeAll)
          .toCompletionStage()
          .toCompletableFuture()
          .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("delivered_positions_failed reason=%s", Reason.of(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Records that messages up to the sequence number were written to a connection of the person.
  void delivered(String tenant, UUID conversation, String person, long seq) {
    waiting.compute(
        tenant,
        (_, known) -> {
          UnreportedPositions positions = known == null ? new UnreportedPositions() : known;
          positions.add(conversation, person, seq);
          return positions;
        });
  }

  private Future<?> report(Function<UnreportedPositions, List<DeliveredBatch.Item>> taking) {
    List<Future<?>> reports = new ArrayList<>();
    for (String tenant : Set.copyOf(waiting.keySet())) {
      List<DeliveredBatch.Item> items = new ArrayList<>();
      waiting.computeIfPresent(
          tenant,
          (_, positions) -> {
            items.addAll(taking.apply(positions));
            return positions.isEmpty() ? null : positions;
          });
      reports.addAll(report(tenant, items));
    }
    return Future.join(reports);
  }

  private List<Future<?>> report(String tenant, List<DeliveredBatch.Item> items) {
    List<Future<?>> reports = new ArrayList<>();
    for (int from = 0; from < items.size(); from += DeliveredBatch.MAX_ITEMS) {
      List<DeliveredBatch.Item> batch =
          items.subList(from, Math.min(items.size(), from + DeliveredBatch.MAX_ITEMS));
      reports.add(
          calls
              .post(
                  Upstream.MESSAGE,
                  CallKind.OWN,
                  Share.ofTenant(tenant),
                  "/internal/delivered",
                  new DeliveredBatch(batch),
                  UpstreamCalls.Done.class,
                  TIMEOUT)
              .onFailure(failure -> {
                LOG.debugf("delivered_positions_failed reason=%s", Reason.of(failure));
                batch.forEach(
                    item -> delivered(tenant, item.conversationId(), item.userId(), item.seq()));
              }));
    }
    return reports;
  }
}
