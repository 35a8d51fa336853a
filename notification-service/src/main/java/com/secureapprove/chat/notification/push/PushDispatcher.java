package com.secureapprove.chat.notification.push;

import com.secureapprove.chat.notification.dispatching.DispatchLoop;
import com.secureapprove.chat.notification.dispatching.DueTenants;
import com.secureapprove.chat.notification.dispatching.Slots;
import com.secureapprove.chat.notification.encryption.PushServer;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Dependencies;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Takes the leases of due messages and deliveries, and works on each on a virtual thread. All
/// replicas do the same and pass over each other's.
@Startup
@Singleton
public class PushDispatcher {
  private static final Logger LOG = Logger.getLogger(PushDispatcher.class);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  private interface Work {
    void run() throws Exception;
  }

  private record Claims(
      List<AnnouncedMessage.Claimed> messages, List<PushDelivery.Claimed> deliveries) {}

  private final PushServer server;
  private final PushMessages messages;
  private final PushFanOut fanOut;
  private final PushAttempts attempts;
  private final PushConfig config;
  private final DueTenants due;
  private final Slots slots;
  private final DispatchLoop loop;

  PushDispatcher(
      PushServer server,
      PushMessages messages,
      PushFanOut fanOut,
      PushAttempts attempts,
      PushConfig config,
      DueTenants due,
      Dependencies dependencies) {
    this.server = server;
    this.messages = messages;
    this.fanOut = fanOut;
    this.attempts = attempts;
    this.config = config;
    this.due = due;
    // Subscriptions need no limit: Topic and the limit of the tenant bound the calls to each.
    this.slots = new Slots(config.perReplica(), config.perTenant(), config.perTenant());
    this.loop =
        new DispatchLoop("push-dispatcher", config.pollEvery(), dependencies, this::dispatchAll);
  }

  @PostConstruct
  void start() {
    if (server.isConfigured()) {
      loop.start();
    }
  }

  /// Ends after the attempts that are under way, or after five seconds.
  @PreDestroy
  void stop() throws InterruptedException {
    if (server.isConfigured()) {
      loop.stop();
      slots.awaitFree(STOPS_WITHIN);
    }
  }

  /// Looks for due work immediately. Does not block.
  public void wake() {
    loop.wake();
  }

  private void dispatchAll() throws Exception {
    for (String tenant : due.in("tenant_with_push")) {
      if (slots.freeOf(tenant) > 0) { // else the end of an attempt wakes this thread
        dispatch(tenant);
      }
    }
  }

  private void dispatch(String tenant) throws Exception {
    Claims claims =
        Caller.callAs(tenant, () -> QuarkusTransaction.requiringNew().call(() -> claim(tenant)));
    claims
        .messages()
        .forEach(claimed -> start(tenant, claimed.message().id(), () -> fanOut.announce(claimed)));
    claims
        .deliveries()
        .forEach(
            claimed -> start(tenant, claimed.subscriptionId(), () -> attempts.attempt(claimed)));
  }

  private Claims claim(String tenant) {
    messages.lockTenant();
    int free = slots.freeOf(tenant);
    List<PushDelivery.Claimed> deliveries = messages.claimDeliveries(free, config.lease());
    int left = free - deliveries.size();
    List<AnnouncedMessage.Claimed> announced =
        left == 0 ? List.of() : messages.claimMessages(left, config.lease());
    messages.updateDueTime();
    return new Claims(announced, deliveries);
  }

  private void start(String tenant, UUID target, Work work) {
    slots.take(tenant, target);
    Thread.ofVirtual()
        .name("push-attempt")
        .start(() -> {
          try {
            work.run();
          } catch (Exception e) {
            // It is repeated after its lease.
            LOG.warnf("push_outcome_not_stored tenant=%s reason=%s", tenant, Reason.of(e));
          } finally {
            slots.release(tenant, target);
            wake();
          }
        });
  }
}
