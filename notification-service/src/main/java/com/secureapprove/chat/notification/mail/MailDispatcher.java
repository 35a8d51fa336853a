package com.secureapprove.chat.notification.mail;

import com.secureapprove.chat.notification.dispatching.DispatchLoop;
import com.secureapprove.chat.notification.dispatching.DueTenants;
import com.secureapprove.chat.notification.dispatching.Slots;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.platform.problem.Dependencies;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Takes the leases of due conversations and people, and works on each on a virtual thread. All
/// replicas do the same and pass over each other's.
@Startup
@Singleton
class MailDispatcher {
  private static final Logger LOG = Logger.getLogger(MailDispatcher.class);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  private interface Work {
    void run() throws Exception;
  }

  private record Claims(List<ClaimedConversation> conversations, List<ClaimedPerson> people) {}

  private final MailTenants tenants;
  private final MailQueue queue;
  private final MailReview review;
  private final MailAttempts attempts;
  private final MailConfig config;
  private final DueTenants due;
  private final Slots slots;
  private final DispatchLoop loop;

  MailDispatcher(
      MailTenants tenants,
      MailQueue queue,
      MailReview review,
      MailAttempts attempts,
      MailConfig config,
      DueTenants due,
      Dependencies dependencies) {
    this.tenants = tenants;
    this.queue = queue;
    this.review = review;
    this.attempts = attempts;
    this.config = config;
    this.due = due;
    this.slots = new Slots(config.perReplica(), config.perTenant(), config.perTenant());
    this.loop =
        new DispatchLoop("mail-dispatcher", config.pollEvery(), dependencies, this::dispatchAll);
  }

  @PostConstruct
  void start() {
    if (tenants.areAnyMailed()) {
      loop.start();
    }
  }

  /// Ends after the attempts that are under way, or after five seconds.
  @PreDestroy
  void stop() throws InterruptedException {
    if (tenants.areAnyMailed()) {
      loop.stop();
      slots.awaitFree(STOPS_WITHIN);
    }
  }

  private void dispatchAll() throws Exception {
    for (String tenant : due.in("tenant_with_mail")) {
      if (slots.freeOf(tenant) > 0) { // else the end of an attempt wakes this thread
        dispatch(tenant);
      }
    }
  }

  private void dispatch(String tenant) throws Exception {
    Claims claims =
        Caller.callAs(tenant, () -> QuarkusTransaction.requiringNew().call(() -> claim(tenant)));
    claims
        .conversations()
        .forEach(claimed -> start(tenant, claimed.id(), () -> review.review(tenant, claimed)));
    claims
        .people()
        .forEach(claimed ->
            start(
                tenant,
                UUID.nameUUIDFromBytes(claimed.userId().getBytes(StandardCharsets.UTF_8)),
                () -> attempts.attempt(claimed)));
  }

  private Claims claim(String tenant) {
    queue.lockTenant();
    if (tenants.content(tenant) == MailContent.OFF) { // since a restart
      queue.clear();
      queue.updateDueTime();
      return new Claims(List.of(), List.of());
    }
    int free = slots.freeOf(tenant);
    List<ClaimedPerson> people = queue.claimPeople(free, config.lease());
    int left = free - people.size();
    List<ClaimedConversation> conversations =
        left == 0 ? List.of() : queue.claimConversations(left, config.lease());
    queue.updateDueTime();
    return new Claims(conversations, people);
  }

  private void start(String tenant, UUID target, Work work) {
    slots.take(tenant, target);
    Thread.ofVirtual()
        .name("mail-attempt")
        .start(() -> {
          try {
            work.run();
          } catch (Exception e) {
            // It is repeated after its lease.
            LOG.warnf("mail_outcome_not_stored tenant=%s reason=%s", tenant, Reason.of(e));
          } finally {
            slots.release(tenant, target);
            loop.wake();
          }
        });
  }
}
