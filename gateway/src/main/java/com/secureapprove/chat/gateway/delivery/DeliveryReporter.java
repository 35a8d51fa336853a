package com.secureapprove.chat.gateway.delivery;

import com.secureapprove.chat.contracts.DeliveredBatch;
import com.secureapprove.chat.gateway.upstream.Upstream;
import com.secureapprove.chat.gateway.upstream.UpstreamCalls;
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
import org.jboss.logging.Logger;

/// Reports delivered positions to message-service once a second, in batches per tenant. A failed
/// batch is sent again with the next round. Thread-safe.
@Startup
@Singleton
class DeliveryReporter {
  private static final Logger LOG = Logger.getLogger(DeliveryReporter.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /// Maximum number of unreported positions per tenant. Further ones are dropped, because fetching
  /// the messages over REST reports them too.
  private static final int MAX_WAITING = 100_000;

  private record Reader(UUID conversation, String person) {}

  private final Vertx vertx;
  private final UpstreamCalls calls;
  private final Map<String, Map<Reader, Long>> waiting = new ConcurrentHashMap<>();
  private long timer;

  DeliveryReporter(Vertx vertx, UpstreamCalls calls) {
    this.vertx = vertx;
    this.calls = calls;
  }

  @PostConstruct
  void start() {
    timer = vertx.setPeriodic(INTERVAL.toMillis(), _ -> report());
  }

  /// Reports the remaining positions. All connections are closed before.
  void stop(@Observes ShutdownEvent shutdown) {
    vertx.cancelTimer(timer);
    try {
      report().toCompletionStage().toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("delivered_positions_failed reason=%s", e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Records that messages up to the sequence number were written to a connection of the person.
  void delivered(String tenant, UUID conversation, String person, long seq) {
    waiting.compute(
        tenant,
        (_, known) -> {
          Map<Reader, Long> positions = known == null ? new ConcurrentHashMap<>() : known;
          if (positions.size() < MAX_WAITING) {
            positions.merge(new Reader(conversation, person), seq, Math::max);
          }
          return positions;
        });
  }

  private Future<?> report() {
    List<Future<?>> reports = new ArrayList<>();
    for (String tenant : Set.copyOf(waiting.keySet())) {
      Map<Reader, Long> positions = waiting.remove(tenant);
      if (positions != null) {
        reports.addAll(report(tenant, positions));
      }
    }
    return Future.join(reports);
  }

  private List<Future<?>> report(String tenant, Map<Reader, Long> positions) {
    List<Future<?>> reports = new ArrayList<>();
    List<DeliveredBatch.Item> items = new ArrayList<>();
    positions.forEach((reader, seq) ->
        items.add(new DeliveredBatch.Item(reader.conversation(), reader.person(), seq)));
    for (int from = 0; from < items.size(); from += DeliveredBatch.MAX_ITEMS) {
      List<DeliveredBatch.Item> batch =
          items.subList(from, Math.min(items.size(), from + DeliveredBatch.MAX_ITEMS));
      reports.add(
          calls
              .post(
                  Upstream.MESSAGE,
                  tenant,
                  "/internal/delivered",
                  new DeliveredBatch(batch),
                  UpstreamCalls.Done.class,
                  TIMEOUT)
              .onFailure(failure -> {
                LOG.debugf("delivered_positions_failed reason=%s", failure.getMessage());
                batch.forEach(
                    item -> delivered(tenant, item.conversationId(), item.userId(), item.seq()));
              }));
    }
    return reports;
  }
}
