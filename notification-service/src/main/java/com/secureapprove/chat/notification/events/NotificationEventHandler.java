package com.secureapprove.chat.notification.events;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.notification.deliveries.DeliveryDispatcher;
import com.secureapprove.chat.notification.deliveries.PendingDelivery;
import com.secureapprove.chat.notification.deliveries.WebhookDeliveries;
import com.secureapprove.chat.notification.endpoints.WebhookEndpoint;
import com.secureapprove.chat.notification.endpoints.WebhookEventType;
import com.secureapprove.chat.notification.mail.MailIntake;
import com.secureapprove.chat.notification.push.PushDispatcher;
import com.secureapprove.chat.notification.push.PushIntake;
import com.secureapprove.chat.serviceplatform.consumer.EventHandler;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Stores a webhook delivery for each event and each endpoint that wants its type, and the messages
/// for Web Push and mails. Calls no other service, so that their outages do not delay each other's
/// events.
@Singleton
class NotificationEventHandler implements EventHandler {
  private record Stored(boolean webhooks, boolean push) {}

  private final WebhookDeliveries deliveries;
  private final WebhookPayload payload;
  private final DeliveryDispatcher dispatcher;
  private final PushIntake push;
  private final PushDispatcher pushDispatcher;
  private final MailIntake mail;

  NotificationEventHandler(
      WebhookDeliveries deliveries,
      WebhookPayload payload,
      DeliveryDispatcher dispatcher,
      PushIntake push,
      PushDispatcher pushDispatcher,
      MailIntake mail) {
    this.deliveries = deliveries;
    this.payload = payload;
    this.dispatcher = dispatcher;
    this.push = push;
    this.pushDispatcher = pushDispatcher;
    this.mail = mail;
  }

  @Override
  public Set<EventType> wants() {
    return Stream.of(
            Arrays.stream(WebhookEventType.values()).map(WebhookEventType::event),
            push.wants().stream(),
            mail.wants().stream())
        .flatMap(types -> types)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void handle(EventEnvelope event) {
    handleAll(List.of(event));
  }

  @Override
  public void handleAll(List<EventEnvelope> events) {
    Stored stored =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              List<PendingDelivery> pending = pending(events);
              deliveries.store(pending);
              mail.apply(events);
              return new Stored(!pending.isEmpty(), push.apply(events));
            });
    if (stored.webhooks()) {
      dispatcher.wake();
    }
    if (stored.push()) {
      pushDispatcher.wake();
    }
  }

  private List<PendingDelivery> pending(List<EventEnvelope> events) {
    List<WebhookEndpoint> endpoints = WebhookEndpoint.active();
    List<PendingDelivery> pending = new ArrayList<>();
    if (endpoints.isEmpty()) {
      return pending;
    }
    for (EventEnvelope event : events) {
      Optional<WebhookEventType> type = WebhookEventType.of(event.type());
      List<WebhookEndpoint> called =
          endpoints.stream()
              .filter(endpoint -> type.filter(endpoint::wants).isPresent())
              // A new consumer group begins with events from before the endpoint existed.
              .filter(endpoint ->
                  !event.at().truncatedTo(ChronoUnit.MILLIS).isBefore(endpoint.createdAt))
              .toList();
      if (!called.isEmpty()) {
        String body = payload.of(type.orElseThrow(), event);
        called.forEach(endpoint ->
            pending.add(
                new PendingDelivery(endpoint.id, event.id(), type.orElseThrow().toString(), body)));
      }
    }
    return pending;
  }
}
