package com.secureapprove.chat.notification.endpoints;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/// An address of a tenant that is called for events.
@Entity
@Table(name = "webhook_endpoint")
public class WebhookEndpoint extends PanacheEntityBase {
  private static final String SEPARATOR = ",";

  @Id public UUID id;
  @TenantId public String tenant;
  public String url;

  /// The names of the event types, separated by commas.
  public String eventTypes;

  public String description;
  public String secret;

  /// The secret before the last rotation, which signs until `previousUntil`.
  public @Nullable String previousSecret;

  public @Nullable Instant previousUntil;
  public Instant createdAt;

  /// Since when it is not called; null while it is.
  public @Nullable Instant disabledAt;

  public @Nullable String disabledReason;

  /// The endpoints of the tenant that are called, in the order of their creation. Needs a
  /// transaction.
  public static List<WebhookEndpoint> active() {
    return list("disabledAt is null order by id");
  }

  /// Sets the event types.
  void types(Set<WebhookEventType> types) {
    eventTypes =
        String.join(SEPARATOR, types.stream().sorted().map(WebhookEventType::toString).toList());
  }

  /// The names of the event types.
  List<String> typeNames() {
    return List.of(eventTypes.split(SEPARATOR));
  }

  /// Whether it is called for events of a type.
  public boolean wants(WebhookEventType type) {
    return typeNames().contains(type.toString());
  }

  /// Ends the calls.
  ///
  /// @param reason for the administrator
  public void disable(Instant at, String reason) {
    disabledAt = at;
    disabledReason = reason;
  }

  /// The header `webhook-signature`: a signature of each secret that is valid now.
  ///
  /// @param messageId the header `webhook-id`
  /// @param now the time of the header `webhook-timestamp`
  public String signature(String messageId, Instant now, String body) {
    String current = SigningSecret.sign(secret, messageId, now.getEpochSecond(), body);
    if (previousSecret == null || previousUntil == null || !now.isBefore(previousUntil)) {
      return current;
    }
    return current
        + " "
        + SigningSecret.sign(previousSecret, messageId, now.getEpochSecond(), body);
  }
}
