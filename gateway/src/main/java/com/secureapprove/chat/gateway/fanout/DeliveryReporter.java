package com.secureapprove.chat.gateway.fanout;

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

/// How far messages were written to people's sockets, told to message-service once a second. What
/// could not be told is told with the next round. Any thread may call.
@Startup
@Singleton
class DeliveryReporter {
  private static final Logger LOG = Logger.getLogger(DeliveryReporter.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /// Beyond this, positions are dropped: fetching over REST tells them too.
  private static final int MOST_WAITING = 100_000;

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
    timer = vertx.setPeriodic(INTERVAL.toMillis(), _ -> tell());
  }

  /// What is not told yet is told now; the sockets are closed by then.
  void stop(@Observes ShutdownEvent shutdown) {
    vertx.cancelTimer(timer);
    try {
      tell().toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("positions_not_told reason=%s", e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Everything up to `seq` was written to a session of the person.
  void reached(String tenant, UUID conversation, String person, long seq) {
    waiting.compute(
        tenant,
        (_, known) -> {
          Map<Reader, Long> positions = known == null ? new ConcurrentHashMap<>() : known;
          if (positions.size() < MOST_WAITING) {
            positions.merge(new Reader(conversation, person), seq, Math::max);
          }
          return positions;
        });
  }

  private Future<?> tell() {
    List<Future<?>> told = new ArrayList<>();
    for (String tenant : Set.copyOf(waiting.keySet())) {
      Map<Reader, Long> positions = waiting.remove(tenant);
      if (positions != null) {
        told.addAll(tell(tenant, positions));
      }
    }
    return Future.join(told);
  }

  private List<Future<?>> tell(String tenant, Map<Reader, Long> positions) {
    List<Future<?>> told = new ArrayList<>();
    List<DeliveredBatch.Item> items = new ArrayList<>();
    positions.forEach((reader, seq) ->
        items.add(new DeliveredBatch.Item(reader.conversation(), reader.person(), seq)));
    for (int from = 0; from < items.size(); from += DeliveredBatch.MAX_ITEMS) {
      List<DeliveredBatch.Item> batch =
          items.subList(from, Math.min(items.size(), from + DeliveredBatch.MAX_ITEMS));
      told.add(
          calls
              .post(
                  Upstream.MESSAGE,
                  tenant,
                  "/internal/delivered",
                  new DeliveredBatch(batch),
                  UpstreamCalls.Done.class,
                  LIMIT)
              .onFailure(failure -> {
                LOG.debugf("positions_not_told reason=%s", failure.getMessage());
                batch.forEach(
                    item -> reached(tenant, item.conversationId(), item.userId(), item.seq()));
              }));
    }
    return told;
  }
}
