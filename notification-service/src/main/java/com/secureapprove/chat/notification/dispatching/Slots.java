package com.secureapprove.chat.notification.dispatching;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// The attempts that this replica makes at present, with a limit for each target, each tenant and
/// the replica. A slow receiver uses only the slots of its tenant.
///
/// One thread takes slots; any thread releases them.
public final class Slots {
  private final int perReplica;
  private final int perTenant;
  private final int perTarget;
  private final Map<String, Integer> ofTenant = new HashMap<>();
  private final Map<UUID, Integer> ofTarget = new HashMap<>();
  private int all;

  public Slots(int perReplica, int perTenant, int perTarget) {
    this.perReplica = perReplica;
    this.perTenant = perTenant;
    this.perTarget = perTarget;
  }

  /// How many further deliveries of a tenant may be sent.
  public synchronized int freeOf(String tenant) {
    return Math.min(perReplica - all, perTenant - ofTenant.getOrDefault(tenant, 0));
  }

  /// How many further deliveries to a target may be sent, by the limit of targets.
  public synchronized int freeOf(UUID target) {
    return perTarget - ofTarget.getOrDefault(target, 0);
  }

  public synchronized void take(String tenant, UUID target) {
    all++;
    ofTenant.merge(tenant, 1, Integer::sum);
    ofTarget.merge(target, 1, Integer::sum);
  }

  public synchronized void release(String tenant, UUID target) {
    all--;
    ofTenant.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
    ofTarget.computeIfPresent(target, (_, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  public synchronized int taken() {
    return all;
  }

  /// Waits until all slots are free, but not longer than this.
  public synchronized void awaitFree(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (all > 0 && end - System.nanoTime() > 0) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
  }
}
