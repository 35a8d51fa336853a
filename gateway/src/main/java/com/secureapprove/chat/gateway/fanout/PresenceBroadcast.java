package com.secureapprove.chat.gateway.fanout;

import com.secureapprove.chat.contracts.Membership;
import com.secureapprove.chat.gateway.frames.ServerFrame;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who of a tenant came online or went offline, told to those whom it concerns: to everybody, and
/// in a tenant of more than 500 people to those in a conversation of up to 50 with them, gathered
/// each second.
///
/// One question is under way at a time, and of each person only the newest waits. What cannot be
/// found out is not told; the list of people says it too.
///
/// On the audience's thread only.
final class PresenceBroadcast {
  private static final int LARGE = 500;
  private static final int MOST_WAITING = 10_000;
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration BELIEVED = Duration.ofMinutes(1);

  private final String tenant;
  private final Vertx vertx;
  private final MembershipClient owner;
  private final Subscribers people;
  private final Map<String, ServerFrame.Presence> waiting = new LinkedHashMap<>();
  private @Nullable Long size;
  private long countedAt;
  private boolean counting;
  private boolean underWay;

  PresenceBroadcast(String tenant, Vertx vertx, MembershipClient owner, Subscribers people) {
    this.tenant = tenant;
    this.vertx = vertx;
    this.owner = owner;
    this.people = people;
  }

  /// Somebody came or went.
  void heard(ServerFrame.Presence frame) {
    countWhereNeeded();
    waiting.remove(frame.userId());
    if (isSmall()) {
      people.tellAll(frame);
    } else if (waiting.size() < MOST_WAITING) {
      waiting.put(frame.userId(), frame);
      goOn();
    }
  }

  private boolean isSmall() {
    Long known = size;
    return known != null && known <= LARGE;
  }

  private void countWhereNeeded() {
    if (counting || (size != null && System.nanoTime() - countedAt < BELIEVED.toNanos())) {
      return;
    }
    counting = true;
    owner.sizeOf(
        tenant,
        counted -> {
          size = counted;
          countedAt = System.nanoTime();
          counting = false;
        },
        () -> counting = false);
  }

  private void goOn() {
    if (!underWay && !waiting.isEmpty()) {
      underWay = true;
      vertx.setTimer(INTERVAL.toMillis(), _ -> round());
    }
  }

  private void round() {
    if (people.isEmpty()) {
      waiting.clear();
      underWay = false;
    } else if (size == null) {
      countWhereNeeded();
      again();
    } else if (isSmall()) {
      waiting.values().forEach(people::tellAll);
      waiting.clear();
      underWay = false;
    } else {
      ask();
    }
  }

  private void ask() {
    List<ServerFrame.Presence> asked =
        waiting.values().stream().limit(MembershipClient.MOST_CIRCLES).toList();
    asked.forEach(frame -> waiting.remove(frame.userId()));
    Map<String, ServerFrame.Presence> frames = new LinkedHashMap<>();
    asked.forEach(frame -> frames.put(frame.userId(), frame));
    owner.circlesOf(
        tenant,
        frames.keySet(),
        answer -> {
          for (Membership.Circle circle : answer.circles()) {
            ServerFrame.Presence frame = frames.get(circle.userId());
            if (frame != null) {
              people.tellThoseIn(circle.conversationIds(), frame);
            }
          }
          again();
        },
        this::again);
  }

  private void again() {
    underWay = false;
    if (waiting.size() >= MembershipClient.MOST_CIRCLES && size != null) {
      underWay = true;
      ask();
    } else {
      goOn();
    }
  }
}
