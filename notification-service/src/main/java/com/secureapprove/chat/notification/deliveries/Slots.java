package com.secureapprove.chat.notification.deliveries;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// The attempts that this replica makes at present, with a limit for each endpoint, each tenant and
/// the replica. A slow receiver uses only the slots of its tenant.
///
/// One thread takes slots; any thread releases them.
final class Slots {
  private final DeliveriesConfig config;
  private final Map<String, Integer> ofTenant = new HashMap<>();
  private final Map<UUID, Integer> ofEndpoint = new HashMap<>();
  private int all;

  Slots(DeliveriesConfig config) {
    this.config = config;
  }

  /// How many further deliveries of a tenant may be sent.
  synchronized int freeOf(String tenant) {
    return Math.min(
        config.perReplica() - all, config.perTenant() - ofTenant.getOrDefault(tenant, 0));
  }

  /// How many further deliveries of an endpoint may be sent, by the limit of endpoints.
  synchronized int freeOf(UUID endpoint) {
    return config.perEndpoint() - ofEndpoint.getOrDefault(endpoint, 0);
  }

  synchronized void take(ClaimedDelivery delivery) {
    all++;
    ofTenant.merge(delivery.tenant(), 1, Integer::sum);
    ofEndpoint.merge(delivery.endpoint().id, 1, Integer::sum);
  }

  synchronized void release(ClaimedDelivery delivery) {
    all--;
    ofTenant.computeIfPresent(delivery.tenant(), (_, count) -> count == 1 ? null : count - 1);
    ofEndpoint.computeIfPresent(
        delivery.endpoint().id, (_, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  synchronized int taken() {
    return all;
  }

  /// Waits until all slots are free, but not longer than this.
  synchronized void awaitFree(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (all > 0 && end - System.nanoTime() > 0) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
  }
}
