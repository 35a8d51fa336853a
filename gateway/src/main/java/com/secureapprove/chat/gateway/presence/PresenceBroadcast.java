package com.secureapprove.chat.gateway.presence;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import com.secureapprove.chat.gateway.membership.MembershipClient;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sends the presence changes of a tenant to the local clients that they concern.
///
/// In a tenant of up to 500 people, all clients receive each change immediately. In a larger one,
/// changes are collected for a second and sent to the people who share a small conversation with
/// the changed person. Of each person only the newest change waits.
///
/// Presence is best effort: a change is dropped if its lookup fails, because clients also load
/// presence with the directory.
///
/// On the shard's event loop only.
public final class PresenceBroadcast {
  private static final int MAX_SMALL_TENANT = 500;
  private static final int MAX_WAITING = 10_000;
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration SIZE_TIME_TO_LIVE = Duration.ofMinutes(1);

  /// The clients of the tenant that are connected to this gateway.
  public interface Recipients {
    boolean isEmpty();

    void sendToAll(ServerFrame frame);

    void sendToParticipants(Collection<UUID> conversations, ServerFrame frame);
  }

  private final String tenant;
  private final Vertx vertx;
  private final MembershipClient memberships;
  private final Recipients recipients;
  private final Map<String, ServerFrame.Presence> waiting = new LinkedHashMap<>();
  private @Nullable Long tenantSize;
  private long sizeLoadedAt;
  private boolean loadingSize;
  private boolean scheduled;

  public PresenceBroadcast(
      String tenant, Vertx vertx, MembershipClient memberships, Recipients recipients) {
    this.tenant = tenant;
    this.vertx = vertx;
    this.memberships = memberships;
    this.recipients = recipients;
  }

  /// Sends a change, immediately or with the next round.
  public void send(ServerFrame.Presence frame) {
    loadSizeIfStale();
    waiting.remove(frame.userId());
    if (isSmallTenant()) {
      recipients.sendToAll(frame);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.put(frame.userId(), frame);
      schedule();
    }
  }

  private boolean isSmallTenant() {
    Long size = tenantSize;
    return size != null && size <= MAX_SMALL_TENANT;
  }

  private void loadSizeIfStale() {
    boolean isFresh =
        tenantSize != null && System.nanoTime() - sizeLoadedAt < SIZE_TIME_TO_LIVE.toNanos();
    if (loadingSize || isFresh) {
      return;
    }
    loadingSize = true;
    memberships.sizeOf(
        tenant,
        size -> {
          tenantSize = size;
          sizeLoadedAt = System.nanoTime();
          loadingSize = false;
        },
        () -> loadingSize = false);
  }

  private void schedule() {
    if (!scheduled && !waiting.isEmpty()) {
      scheduled = true;
      vertx.setTimer(INTERVAL.toMillis(), _ -> sendWaiting());
    }
  }

  private void sendWaiting() {
    if (recipients.isEmpty()) {
      waiting.clear();
      scheduled = false;
    } else if (tenantSize == null) {
      loadSizeIfStale();
      scheduleAgain();
    } else if (isSmallTenant()) {
      waiting.values().forEach(recipients::sendToAll);
      waiting.clear();
      scheduled = false;
    } else {
      sendBatch();
    }
  }

  private void sendBatch() {
    List<ServerFrame.Presence> batch =
        waiting.values().stream().limit(MembershipClient.MAX_CIRCLES).toList();
    Map<String, ServerFrame.Presence> frames = new LinkedHashMap<>();
    for (ServerFrame.Presence frame : batch) {
      waiting.remove(frame.userId());
      frames.put(frame.userId(), frame);
    }
    memberships.circlesOf(
        tenant,
        frames.keySet(),
        answer -> {
          for (Membership.Circle circle : answer.circles()) {
            ServerFrame.Presence frame = frames.get(circle.userId());
            if (frame != null) {
              recipients.sendToParticipants(circle.conversationIds(), frame);
            }
          }
          scheduleAgain();
        },
        this::scheduleAgain);
  }

  /// Sends a full batch immediately, and a smaller one after the interval.
  private void scheduleAgain() {
    scheduled = false;
    if (waiting.size() >= MembershipClient.MAX_CIRCLES && tenantSize != null) {
      scheduled = true;
      sendBatch();
    } else {
      schedule();
    }
  }
}
