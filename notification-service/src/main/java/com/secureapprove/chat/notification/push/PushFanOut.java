package com.secureapprove.chat.notification.push;

import com.secureapprove.chat.contracts.Audience;
import com.secureapprove.chat.notification.dispatching.RetrySchedule;
import com.secureapprove.chat.notification.people.Receivers;
import com.secureapprove.chat.notification.subscriptions.PushSubscription;
import com.secureapprove.chat.platform.identity.Caller;
import com.secureapprove.chat.platform.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// From a message to deliveries for the browsers of its receivers: all participants but the sender
/// and people that muted the conversation. The delivery to an online person waits, see
/// [PushConfig#checkOnlineAgainAfter].
@Singleton
class PushFanOut {
  private final Receivers receivers;
  private final PushMessages messages;
  private final PushPayload payload;
  private final PushConfig config;
  private final RetrySchedule schedule;
  private final Clock clock = Clock.systemUTC();

  PushFanOut(Receivers receivers, PushMessages messages, PushPayload payload, PushConfig config) {
    this.receivers = receivers;
    this.messages = messages;
    this.payload = payload;
    this.config = config;
    this.schedule = new RetrySchedule(config.firstDelay(), config.maxDelay(), config.expireAfter());
  }

  /// Stores the deliveries of a message. Blocks for calls of two services.
  ///
  /// @throws Exception if nothing could be stored; the lease then ends by time
  void announce(AnnouncedMessage.Claimed claimed) throws Exception {
    Caller.callAs(
        claimed.tenant(),
        () -> {
          try {
            List<PushDelivery> deliveries = deliveries(claimed.message());
            QuarkusTransaction.requiringNew()
                .run(() -> {
                  if (messages.finish(claimed)) {
                    messages.store(deliveries, config.checkOnlineAgainAfter());
                  }
                });
          } catch (ProblemException _) {
            // ServiceCalls has logged it. An outage can last longer than a few attempts.
            QuarkusTransaction.requiringNew()
                .run(() ->
                    messages.retry(
                        claimed,
                        schedule.delay(
                            claimed.attempt(), Optional.empty(), ThreadLocalRandom.current())));
          }
          return null;
        });
  }

  private List<PushDelivery> deliveries(AnnouncedMessage message) {
    Instant expiresAt = message.sentAt().plus(config.expireAfter());
    if (!expiresAt.isAfter(clock.instant())) {
      return List.of();
    }
    Optional<Audience> audience = receivers.audience(message.conversationId());
    if (audience.isEmpty()) {
      return List.of();
    }
    List<String> others =
        audience.get().userIds().stream().filter(id -> !id.equals(message.senderId())).toList();
    List<PushSubscription> subscriptions =
        QuarkusTransaction.requiringNew().call(() -> PushSubscription.of(others, message.sentAt()));
    Set<String> online =
        receivers.online(subscriptions.stream().map(each -> each.userId).distinct().toList());
    return subscriptions.stream()
        .map(subscription ->
            new PushDelivery(
                message.id(),
                subscription.id,
                subscription.userId,
                message.conversationId(),
                message.seq(),
                payload.of(message, audience.get(), subscription),
                online.contains(subscription.userId),
                expiresAt))
        .toList();
  }
}
