package com.secureapprove.chat.notification.endpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An endpoint as administrators see it.
///
/// @param disabledReason why it is not called; null while it is
/// @param secret only in the answers of creation and rotation; missing in all others
record EndpointView(
    UUID id,
    String url,
    List<String> eventTypes,
    String description,
    Instant createdAt,
    @Nullable Instant disabledAt,
    @Nullable String disabledReason,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

  static EndpointView of(WebhookEndpoint endpoint) {
    return of(endpoint, null);
  }

  static EndpointView withSecret(WebhookEndpoint endpoint) {
    return of(endpoint, endpoint.secret);
  }

  private static EndpointView of(WebhookEndpoint endpoint, @Nullable String secret) {
    return new EndpointView(
        endpoint.id,
        endpoint.url,
        endpoint.typeNames(),
        endpoint.description,
        endpoint.createdAt,
        endpoint.disabledAt,
        endpoint.disabledReason,
        secret);
  }
}
