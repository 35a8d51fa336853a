package com.secureapprove.chat.notification.events;

import com.secureapprove.chat.contracts.EventEnvelope;
import com.secureapprove.chat.contracts.EventType;
import com.secureapprove.chat.notification.deliveries.DeliveryDispatcher;
import com.secureapprove.chat.notification.deliveries.PendingDelivery;
import com.secureapprove.chat.notification.deliveries.WebhookDeliveries;
import com.secureapprove.chat.notification.endpoints.WebhookEndpoint;
import com.secureapprove.chat.notification.endpoints.WebhookEventType;
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

/// Stores a delivery for each event and each endpoint that wants its type.
@Singleton
class WebhookEventHandler implements EventHandler {
  private final WebhookDeliveries deliveries;
  private final WebhookPayload payload;
  private final DeliveryDispatcher dispatcher;

  WebhookEventHandler(
      WebhookDeliveries deliveries, WebhookPayload payload, DeliveryDispatcher dispatcher) {
    this.deliveries = deliveries;
    this.payload = payload;
    this.dispatcher = dispatcher;
  }

  @Override
  public Set<EventType> wants() {
    return Arrays.stream(WebhookEventType.values())
        .map(WebhookEventType::event)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void handle(EventEnvelope event) {
    handleAll(List.of(event));
  }

  @Override
  public void handleAll(List<EventEnvelope> events) {
    boolean stored =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              List<PendingDelivery> pending = pending(events);
              deliveries.store(pending);
              return !pending.isEmpty();
            });
    if (stored) {
      dispatcher.wake();
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
