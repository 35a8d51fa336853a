package com.secureapprove.chat.notification.deliveries;

import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.outage.Reason;
import com.secureapprove.chat.serviceplatform.database.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/// Deletes old deliveries of all tenants, and those whose endpoint does not exist any more.
@Singleton
class DeliveryCleaning {
  private static final Logger LOG = Logger.getLogger(DeliveryCleaning.class);
  private static final int BATCH = 5_000;

  private final Tenants tenants;
  private final Session entities;
  private final DeliveriesConfig config;

  DeliveryCleaning(Tenants tenants, Session entities, DeliveriesConfig config) {
    this.tenants = tenants;
    this.entities = entities;
    this.config = config;
  }

  @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void clean() {
    for (String tenant : tenants.in("tenant_with_webhooks")) {
      try {
        Caller.callAs(
            tenant,
            () -> {
              while (deleteSome(tenant) == BATCH) {}
              return null;
            });
      } catch (Exception e) {
        LOG.warnf("webhook_cleanup_failed tenant=%s reason=%s", tenant, Reason.of(e));
      }
    }
  }

  private int deleteSome(String tenant) {
    return QuarkusTransaction.requiringNew()
        .call(() ->
            entities
                .createNativeMutationQuery(
                    """
                    delete from webhook_delivery where tenant = :tenant and id in (
                      select id from webhook_delivery d where tenant = :tenant
                        and (state = 'delivered'
                            and last_attempt_at < now() - make_interval(secs => :delivered)
                          or state = 'dead' and created_at < now() - make_interval(secs => :dead)
                          or not exists (select from webhook_endpoint e
                            where e.tenant = :tenant and e.id = d.endpoint_id))
                      limit :batch)
                    """)
                .setParameter("tenant", tenant)
                .setParameter("delivered", seconds(config.keepDelivered()))
                .setParameter("dead", seconds(config.keepDead()))
                .setParameter("batch", BATCH)
                .executeUpdate());
  }

  private static double seconds(Duration duration) {
    return duration.toSeconds();
  }
}
