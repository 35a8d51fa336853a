package com.secureapprove.chat.notification.push;

import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.serviceplatform.database.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Deletes the ids of old messages of all tenants.
@Singleton
class PushCleaning {
  private static final Logger LOG = Logger.getLogger(PushCleaning.class);

  private final Tenants tenants;
  private final PushMessages messages;
  private final PushConfig config;

  PushCleaning(Tenants tenants, PushMessages messages, PushConfig config) {
    this.tenants = tenants;
    this.messages = messages;
    this.config = config;
  }

  @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void clean() {
    for (String tenant : tenants.in("tenant_with_push")) {
      try {
        Caller.callAs(
            tenant,
            () -> {
              QuarkusTransaction.requiringNew().run(() -> messages.clean(config.keepIds()));
              return null;
            });
      } catch (Exception e) {
        LOG.warnf("push_cleanup_failed tenant=%s reason=%s", tenant, Reason.of(e));
      }
    }
  }
}
