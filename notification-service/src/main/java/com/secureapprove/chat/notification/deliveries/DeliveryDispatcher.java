package com.secureapprove.chat.notification.deliveries;

import com.secureapprove.chat.notification.dispatching.DispatchLoop;
import com.secureapprove.chat.notification.dispatching.DueTenants;
import com.secureapprove.chat.notification.dispatching.Slots;
import com.secureapprove.chat.notification.endpoints.WebhookEndpoint;
import com.secureapprove.chat.notification.metrics.NotificationMeters;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Dependencies;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/// Takes the leases of due deliveries and starts an attempt for each, on a virtual thread.
///
/// One thread looks for work: after new events of this replica, after each attempt, and every
/// `chat.webhooks.deliveries.poll-every`. All replicas do the same and pass over each other's
/// deliveries.
@Startup
@Singleton
public class DeliveryDispatcher {
  private static final Logger LOG = Logger.getLogger(DeliveryDispatcher.class);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  private final WebhookDeliveries deliveries;
  private final DeliveryAttempts attempts;
  private final DeliveriesConfig config;
  private final DueTenants due;
  private final Slots slots;
  private final DispatchLoop loop;

  DeliveryDispatcher(
      WebhookDeliveries deliveries,
      DeliveryAttempts attempts,
      DeliveriesConfig config,
      DueTenants due,
      Dependencies dependencies,
      NotificationMeters meters) {
    this.deliveries = deliveries;
    this.attempts = attempts;
    this.config = config;
    this.due = due;
    this.slots = new Slots(config.perReplica(), config.perTenant(), config.perEndpoint());
    this.loop =
        new DispatchLoop("webhook-dispatcher", config.pollEvery(), dependencies, this::dispatchAll);
    meters.ofDispatcher(slots::taken);
  }

  @PostConstruct
  void start() {
    loop.start();
  }

  /// Ends after the attempts that are under way, or after five seconds.
  @PreDestroy
  void stop() throws InterruptedException {
    loop.stop();
    slots.awaitFree(STOPS_WITHIN);
  }

  /// Looks for due deliveries at once. Does not block.
  public void wake() {
    loop.wake();
  }

  private void dispatchAll() throws Exception {
    for (String tenant : due.in("tenant_with_webhooks")) {
      dispatch(tenant);
    }
  }

  private void dispatch(String tenant) throws Exception {
    if (slots.freeOf(tenant) <= 0) {
      return; // the end of an attempt wakes this thread
    }
    List<ClaimedDelivery> claimed =
        Caller.callAs(tenant, () -> QuarkusTransaction.requiringNew().call(() -> claim(tenant)));
    for (ClaimedDelivery delivery : claimed) {
      slots.take(tenant, delivery.endpoint().id);
      Thread.ofVirtual().name("webhook-attempt").start(() -> attempt(delivery));
    }
  }

  private List<ClaimedDelivery> claim(String tenant) {
    deliveries.lockTenant();
    int free = slots.freeOf(tenant);
    List<ClaimedDelivery> claimed = new ArrayList<>();
    for (WebhookEndpoint endpoint : WebhookEndpoint.active()) {
      int limit = Math.min(free - claimed.size(), slots.freeOf(endpoint.id));
      if (limit > 0) {
        claimed.addAll(deliveries.claim(endpoint, limit, config.lease()));
      }
    }
    deliveries.updateDueTime();
    return claimed;
  }

  private void attempt(ClaimedDelivery delivery) {
    try {
      attempts.attempt(delivery);
    } catch (Exception e) {
      // The delivery is repeated after its lease.
      LOG.warnf("webhook_outcome_not_stored delivery=%s reason=%s", delivery.id(), Reason.of(e));
    } finally {
      slots.release(delivery.tenant(), delivery.endpoint().id);
      wake();
    }
  }
}
